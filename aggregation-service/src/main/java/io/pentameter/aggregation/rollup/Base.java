package io.pentameter.aggregation.rollup;

import io.pentameter.statistics.quantile.LogBuckets;
import java.util.Locale;

/**
 * What is counted of a group of spans, and kept in the rollups: everything that a measure is made of.
 *
 * <p>Each adds up over disjoint groups, exactly; so a total is the same from raw spans, from rollups and from any groups.
 */
public enum Base {
    SPANS("count()"),
    REQUESTS("countIf(is_request)"),
    REQUEST_ERRORS("countIf(is_request AND error)"),
    MODEL_CALLS("countIf(" + Population.MODEL_CALL + ")"),
    MODEL_CALL_ERRORS("countIf(" + Population.MODEL_CALL + " AND error)"),
    /** Spans that say how many tokens they used, and are not repeated by a call below. */
    USAGE_SPANS("countIf(has_usage AND " + Population.COUNTED + ")"),
    INPUT_TOKENS(Population.counted(
            "in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image")),
    CACHED_TOKENS(Population.counted("in_cache_read")),
    OUTPUT_TOKENS(Population.counted("out_text + out_reasoning + out_audio")),
    REASONING_TOKENS(Population.counted("out_reasoning")),
    /** Spans that should have a price. */
    PRICEABLE("countIf((has_cost OR has_usage) AND " + Population.COUNTED + ")"),
    /** Spans that have one. */
    PRICED("countIf(cost_known AND " + Population.COUNTED + ")"),
    /** Tokens of the spans that have a price. */
    PRICED_TOKENS(
            "sumIf(in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image + out_text"
                    + " + out_reasoning + out_audio, cost_known AND " + Population.COUNTED + ")"),
    COST_NANO(Population.counted("cost_nano")),
    /** Output tokens of the generating calls that say how many they made; an embedding makes none. */
    TIMED_OUTPUT_TOKENS("sumIf(out_text + out_reasoning + out_audio, " + Population.TIMED + ")"),
    /** Duration of the same calls. */
    TIMED_NS("sumIf(duration_ns, " + Population.TIMED + ")"),
    REQUEST_LATENCY(histogram("duration_ns", "is_request")),
    MODEL_LATENCY(histogram("duration_ns", Population.MODEL_CALL)),
    TTFT(histogram("ttft_ns", Population.MODEL_CALL + " AND ttft_ns >= 0")),
    /** Spans with a failure, hard or soft. */
    FAILURES("countIf(failure != '')"),
    /** Requests with a failure, hard or soft: what users saw. */
    VISIBLE_FAILURES("countIf(is_request AND failure != '')"),
    /** Spans with a failure that a later attempt of the same request made good. */
    HIDDEN_FAILURES("countIf(failure != '' AND failure_hidden)"),
    /** Calls that are attempts of a request to a model; the first and only one is one too. */
    ATTEMPTS("countIf(attempt_number > 0)"),
    /** Requests to a model: their first attempts. */
    ATTEMPTED_REQUESTS("countIf(attempt_number = 1)"),
    /** Those of them that were tried again. */
    RETRIED_REQUESTS("countIf(attempt_number = 1 AND attempt_of > 1)"),
    /** Wasted calls that should have a price. */
    WASTE_PRICEABLE("countIf((has_cost OR has_usage) AND " + Population.WASTED + ")"),
    /** Wasted calls that have one. */
    WASTE_PRICED("countIf(cost_known AND " + Population.WASTED + ")"),
    WASTE_NANO("sumIf(cost_nano, " + Population.WASTED + ")");

    /** Increases whenever a rollup made by this list would differ from one that was made before: all are then sealed again. */
    static final int LAYOUT = 3;

    /** Decisions 0004 and 0009 say who belongs to what. */
    private static final class Population {
        static final String MODEL_CALL = "kind IN ('model_call', 'embedding')";
        static final String COUNTED = "NOT usage_repeated";
        static final String TIMED = "kind = 'model_call' AND has_usage AND " + COUNTED;

        /** Calls of a model whose answer nobody used: they failed hard, or another attempt took their place. */
        static final String WASTED =
                "kind IN ('model_call', 'embedding', 'rerank') AND (error OR attempt_superseded) AND " + COUNTED;

        private Population() {}

        static String counted(String amount) {
            return "sumIf(" + amount + ", " + COUNTED + ")";
        }
    }

    private final String expression;

    Base(String expression) {
        this.expression = expression;
    }

    /** Column in the rollups. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The aggregate over raw spans. */
    public String expression() {
        return expression;
    }

    /** The aggregate over partial results in {@code column}. */
    public String sumOf(String column) {
        return (isHistogram() ? "sumMap(" : "sum(") + column + ")";
    }

    public boolean isHistogram() {
        return this == REQUEST_LATENCY || this == MODEL_LATENCY || this == TTFT;
    }

    /** Values below a nanosecond count as one: the logarithm of 0 is none. */
    private static String histogram(String nanos, String population) {
        return "sumMapIf(map(%s, toUInt64(1)), %s)"
                .formatted(LogBuckets.clickHouseIndex("greatest(" + nanos + ", 1)"), population);
    }
}
