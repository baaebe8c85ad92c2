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
    /** Spans that say how many tokens they used. */
    USAGE_SPANS("countIf(has_usage)"),
    INPUT_TOKENS("sum(in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image)"),
    CACHED_TOKENS("sum(in_cache_read)"),
    OUTPUT_TOKENS("sum(out_text + out_reasoning + out_audio)"),
    REASONING_TOKENS("sum(out_reasoning)"),
    /** Spans that should have a price. */
    PRICEABLE("countIf(has_cost OR has_usage)"),
    /** Spans that have one. */
    PRICED("countIf(cost_known)"),
    /** Tokens of the spans that have a price. */
    PRICED_TOKENS(
            "sumIf(in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image + out_text"
                    + " + out_reasoning + out_audio, cost_known)"),
    COST_NANO("sum(cost_nano)"),
    /** Output tokens of the generating calls that say how many they made; an embedding makes none. */
    TIMED_OUTPUT_TOKENS("sumIf(out_text + out_reasoning + out_audio, kind = 'model_call' AND has_usage)"),
    /** Duration of the same calls. */
    TIMED_NS("sumIf(duration_ns, kind = 'model_call' AND has_usage)"),
    REQUEST_LATENCY(histogram("duration_ns", "is_request")),
    MODEL_LATENCY(histogram("duration_ns", Population.MODEL_CALL)),
    TTFT(histogram("ttft_ns", Population.MODEL_CALL + " AND ttft_ns >= 0"));

    /** Decision 0004 says who belongs to what. */
    private static final class Population {
        static final String MODEL_CALL = "kind IN ('model_call', 'embedding')";
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
