package io.pentameter.aggregation.rollup;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * A table of sealed buckets: how wide a bucket is and by which columns of the span its rows are grouped.
 *
 * <p>Dimensions with many values (customer, user, session) are in none: a histogram pays only if it stands for some
 * thirty spans or more. Queries that need them read the spans.
 */
public enum RollupTable {
    ROLLUP_MODEL_5M(Duration.ofMinutes(5), List.of("feature", "environment", "kind", "model", "provider")),
    ROLLUP_WIDE_1H(
            Duration.ofHours(1),
            List.of(
                    "feature",
                    "route",
                    "intent",
                    "environment",
                    "region",
                    "release",
                    "service",
                    "operation",
                    "kind",
                    "model",
                    "provider",
                    "prompt_name",
                    "prompt_version",
                    "key_id",
                    "language",
                    "failure"));

    private final Duration width;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<String> columns;

    RollupTable(Duration width, List<String> columns) {
        this.width = width;
        this.columns = columns;
    }

    public String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By which seals name it: a seal of another layout is none. */
    String sealName() {
        return table() + "/" + Base.LAYOUT;
    }

    /** Of a bucket; buckets begin at multiples of it since the epoch. */
    public Duration width() {
        return width;
    }

    public List<String> columns() {
        return columns;
    }

    public boolean has(Collection<String> needed) {
        return columns.containsAll(needed);
    }
}
