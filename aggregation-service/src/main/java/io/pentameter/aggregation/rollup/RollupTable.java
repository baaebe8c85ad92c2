package io.pentameter.aggregation.rollup;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A table of sealed buckets: how wide a bucket is and by which columns of the span its rows are grouped.
 *
 * <p>A histogram pays only if it stands for some thirty spans or more: the rollup by customer, of which there may be a million, has
 * sums only, and so has the one for long windows. Users and sessions are in none; queries that need them read the spans.
 */
public enum RollupTable {
    /** For windows of days: a twelfth of the rows of five minutes, each without histograms. */
    ROLLUP_MODEL_1H(Duration.ofHours(1), List.of("feature", "route", "environment", "kind", "model", "provider")),
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
                    "failure")),
    /** Sums of each customer's day: what budgets for each customer, and the dearest customers, are read from. */
    ROLLUP_CUSTOMER_1D(Duration.ofDays(1), List.of("customer"));

    /** A bucket is sealed again at most so many times within its width: the wider, the more there is to read. */
    private static final int SEALS_PER_WIDTH = 288;

    /** In shorter windows, the spans at both ends, which no whole hour holds, are most of what is read. */
    private static final Duration LEAST_WINDOW_OF_HOURS = Duration.ofDays(2);

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

    /** What is kept of each group. */
    public Set<Base> bases() {
        Set<Base> bases = EnumSet.allOf(Base.class);
        if (this == ROLLUP_CUSTOMER_1D || this == ROLLUP_MODEL_1H) {
            bases.removeIf(Base::isHistogram);
        }
        return bases;
    }

    /**
     * Those that have all of it and are worth it, the quickest first.
     *
     * @param window what is asked for
     */
    public static Stream<RollupTable> having(Collection<String> columns, Collection<Base> bases, Duration window) {
        return Arrays.stream(values())
                .filter(table -> table != ROLLUP_MODEL_1H || window.compareTo(LEAST_WINDOW_OF_HOURS) >= 0)
                .filter(table ->
                        table.columns.containsAll(columns) && table.bases().containsAll(bases));
    }

    /** Least time between two seals of a bucket. */
    Duration pause(Duration wanted) {
        Duration least = width.dividedBy(SEALS_PER_WIDTH);
        return wanted.compareTo(least) > 0 ? wanted : least;
    }
}
