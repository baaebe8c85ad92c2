package io.pentameter.aggregation.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What measures are made of. */
enum FactSource {
    SPANS("", "", "", Duration.ZERO, Set.of(), Map.of()),

    /** What users said of answers, counted when they said it. */
    SCORES(
            "score",
            "created_at",
            "name IN ('thumbs', 'rating', 'acceptance', 'edit_distance', 'comment')",
            Duration.ofDays(7),
            Set.of(
                    "feature",
                    "customer",
                    "model",
                    "provider",
                    "prompt_name",
                    "prompt_version",
                    "environment",
                    "release",
                    "intent",
                    "route",
                    "user",
                    "region",
                    "language",
                    "session"),
            Map.of(
                    "thumbs_up", "countIf(f.name = 'thumbs' AND " + Judged.UP + ")",
                    "thumbs_down", "countIf(f.name = 'thumbs' AND NOT " + Judged.UP + ")",
                    "accepted", "countIf(f.name = 'acceptance' AND " + Judged.UP + ")",
                    "acceptances", "countIf(f.name = 'acceptance')",
                    "ratings", "countIf(f.name = 'rating' AND f.value IS NOT NULL)",
                    "rating_sum", "sumIf(ifNull(f.value, 0), f.name = 'rating')",
                    "edits", "countIf(f.name = 'edit_distance' AND f.value IS NOT NULL)",
                    "edit_sum", "sumIf(ifNull(f.value, 0), f.name = 'edit_distance')",
                    "feedbacks", "countIf(f.source = 'end_user')")),

    /** Business results, counted when they occurred, which may be weeks after their trace. */
    OUTCOMES(
            "outcome",
            "occurred_at",
            "NOT is_deleted",
            Duration.ofDays(60),
            Set.of("feature", "customer", "user", "session"),
            Map.of(
                    "outcomes", "count()",
                    "successes", "countIf(ifNull(f.success, 0) = 1)",
                    "decided", "countIf(f.success IS NOT NULL)",
                    "value_nano", "sum(ifNull(f.value_nano, 0))",
                    "valued", "countIf(f.value_nano IS NOT NULL)")),

    /**
     * How far invoices and ledger were apart when somebody looked; the latest look counts, and in it the provider that is worst. A
     * provider that it could not compare any more has a share below 0.
     */
    INVOICES(
            "invoice_variance",
            "at",
            "1",
            Duration.ZERO,
            Set.of("provider"),
            Map.of(
                    "comparisons", "countIf(f.share >= 0)",
                    "variance", "argMax(f.share, (f.at, f.share))",
                    "variance_nano", "argMax(abs(f.invoice_nano - f.ledger_nano), (f.at, f.share))"));

    private static final class Judged {
        static final String UP = "ifNull(f.passed, if(f.value IS NULL, f.label = 'up', f.value > 0)) = 1";

        private Judged() {}
    }

    private final String table;
    private final String time;
    private final String condition;
    private final Duration reach;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of cannot be changed
    private final Set<String> columns;

    @SuppressWarnings("ImmutableEnumChecker") // Map.of cannot be changed
    private final Map<String, String> sums;

    FactSource(
            String table,
            String time,
            String condition,
            Duration reach,
            Set<String> columns,
            Map<String, String> sums) {
        this.table = table;
        this.time = time;
        this.condition = condition;
        this.reach = reach;
        this.columns = columns;
        this.sums = sums;
    }

    String table() {
        return table;
    }

    /** Column of the time at which a fact counts. */
    String time() {
        return time;
    }

    /** Which rows of the table are meant. */
    String condition() {
        return condition;
    }

    /** A fact finds its trace, or its session, if that began at most so long before the window. */
    Duration reach() {
        return reach;
    }

    /** Whether a row belongs to a trace or a session, and knows by it what it does not say itself. */
    boolean isOfTraces() {
        return this == SCORES || this == OUTCOMES;
    }

    /** Dimensions that a row tells itself, by column; empty if it does not know. */
    Set<String> columns() {
        return columns;
    }

    /** Aggregates that measures are made of, in an order that does not change. */
    List<String> sums() {
        return sums.entrySet().stream()
                .map(entry -> entry.getValue() + " AS " + entry.getKey())
                .sorted()
                .toList();
    }
}
