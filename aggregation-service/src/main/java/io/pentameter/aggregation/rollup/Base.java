package io.pentameter.aggregation.rollup;

import io.pentameter.statistics.quantile.LogBuckets;
import java.util.Locale;

/**
 * What is counted of a group of spans, and kept in the rollups: everything that a measure is made of.
 *
 * <p>Each adds up over disjoint groups, exactly; so a total is the same from raw spans, from rollups and from any groups.
 */
public enum Base {
    SPANS(Shape.COUNT, "", "true"),
    REQUESTS(Shape.COUNT, "", "is_request"),
    REQUEST_ERRORS(Shape.COUNT, "", "is_request AND error"),
    MODEL_CALLS(Shape.COUNT, "", Population.MODEL_CALL),
    MODEL_CALL_ERRORS(Shape.COUNT, "", Population.MODEL_CALL + " AND error"),
    /** Spans that say how many tokens they used, and are not repeated by a call below. */
    USAGE_SPANS(Shape.COUNT, "", "has_usage AND " + Population.COUNTED),
    INPUT_TOKENS(Shape.SUM, TokenClasses.INPUT, Population.COUNTED),
    CACHED_TOKENS(Shape.SUM, "in_cache_read", Population.COUNTED),
    OUTPUT_TOKENS(Shape.SUM, TokenClasses.OUTPUT, Population.COUNTED),
    REASONING_TOKENS(Shape.SUM, "out_reasoning", Population.COUNTED),
    /** Spans that should have a price. */
    PRICEABLE(Shape.COUNT, "", Population.PRICEABLE + " AND " + Population.COUNTED),
    /** Spans that have one. */
    PRICED(Shape.COUNT, "", "cost_known AND " + Population.COUNTED),
    /** Tokens of the spans that have a price. */
    PRICED_TOKENS(Shape.SUM, TokenClasses.INPUT + " + " + TokenClasses.OUTPUT, "cost_known AND " + Population.COUNTED),
    COST_NANO(Shape.SUM, "cost_nano", Population.COUNTED),
    /** Output tokens of the generating calls that say how many they made; an embedding makes none. */
    TIMED_OUTPUT_TOKENS(Shape.SUM, TokenClasses.OUTPUT, Population.TIMED),
    /** Duration of the same calls. */
    TIMED_NS(Shape.SUM, "duration_ns", Population.TIMED),
    REQUEST_LATENCY(Shape.HISTOGRAM, "duration_ns", "is_request"),
    MODEL_LATENCY(Shape.HISTOGRAM, "duration_ns", Population.MODEL_CALL),
    TTFT(Shape.HISTOGRAM, "ttft_ns", Population.MODEL_CALL + " AND ttft_ns >= 0"),
    /** Spans with a failure, hard or soft. */
    FAILURES(Shape.COUNT, "", "failure != ''"),
    /** Requests with a failure, hard or soft: what users saw. */
    VISIBLE_FAILURES(Shape.COUNT, "", "is_request AND failure != ''"),
    /** Spans with a failure that a later attempt of the same request made good. */
    HIDDEN_FAILURES(Shape.COUNT, "", "failure != '' AND failure_hidden"),
    /** Calls that are attempts of a request to a model; the first and only one is one too. */
    ATTEMPTS(Shape.COUNT, "", "attempt_number > 0"),
    /** Requests to a model: their first attempts. */
    ATTEMPTED_REQUESTS(Shape.COUNT, "", "attempt_number = 1"),
    /** Those of them that were tried again. */
    RETRIED_REQUESTS(Shape.COUNT, "", "attempt_number = 1 AND attempt_of > 1"),
    /** Wasted calls that should have a price. */
    WASTE_PRICEABLE(Shape.COUNT, "", Population.PRICEABLE + " AND " + Population.WASTED),
    /** Wasted calls that have one. */
    WASTE_PRICED(Shape.COUNT, "", "cost_known AND " + Population.WASTED),
    WASTE_NANO(Shape.SUM, "cost_nano", Population.WASTED),
    /** Tokens of each of {@link TokenClasses#WORDS}, in their order. */
    CLASS_TOKENS(Shape.OF_CLASSES, TokenClasses.ARRAY, Population.COUNTED),
    /** The same of the spans that have a price. */
    CLASS_PRICED_TOKENS(Shape.OF_CLASSES, TokenClasses.ARRAY, "cost_known AND " + Population.COUNTED),
    /** What each part of a price came to, by its word: the classes of tokens, and what is billed by the piece. */
    CLASS_COST_NANO(
            Shape.OF_WORDS,
            "mapFromArrays(arrayMap(word -> toString(word), cost_buckets), cost_parts_nano)",
            "cost_known AND " + Population.COUNTED);

    /** How partial results add up. */
    private enum Shape {
        COUNT("sum", "0"),
        SUM("sum", "0"),
        HISTOGRAM("sumMap", "CAST(map(), 'Map(Int16, UInt64)')"),
        OF_CLASSES("sumForEach", "CAST([], 'Array(Int64)')"),
        OF_WORDS("sumMap", "CAST(map(), 'Map(String, Int64)')");

        private final String sum;
        private final String nothing;

        Shape(String sum, String nothing) {
            this.sum = sum;
            this.nothing = nothing;
        }
    }

    /** Increases whenever a rollup made by this list would differ from one that was made before: all are then sealed again. */
    static final int LAYOUT = 4;

    /** Decisions 0004 and 0009 say who belongs to what. */
    private static final class Population {
        static final String MODEL_CALL = "kind IN ('model_call', 'embedding')";
        static final String COUNTED = "NOT usage_repeated";
        static final String PRICEABLE = "(has_cost OR has_usage)";
        static final String TIMED = "kind = 'model_call' AND has_usage AND " + COUNTED;

        /** Calls of a model whose answer nobody used: they failed hard, or another attempt took their place. */
        static final String WASTED =
                "kind IN ('model_call', 'embedding', 'rerank') AND (error OR attempt_superseded) AND " + COUNTED;

        private Population() {}
    }

    private final Shape shape;
    private final String amount;
    private final String condition;

    /**
     * @param amount    of a span; empty where spans are counted
     * @param condition that a span must meet
     */
    Base(Shape shape, String amount, String condition) {
        this.shape = shape;
        this.amount = amount;
        this.condition = condition;
    }

    /** Column in the rollups. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The aggregate over raw spans. */
    public String expression() {
        return switch (shape) {
            case COUNT -> "countIf(" + condition + ")";
            case SUM -> "sumIf(" + amount + ", " + condition + ")";
            case HISTOGRAM -> histogram(amount, condition);
            case OF_CLASSES -> "sumForEachIf(" + amount + ", " + condition + ")";
            case OF_WORDS -> "sumMapIf(" + amount + ", " + condition + ")";
        };
    }

    /** The aggregate over the rows of {@link TagShares}: counts in fractions, amounts in whole numbers; none of the others. */
    public String sharedExpression() {
        return switch (shape) {
            case COUNT -> "sumIf(1 / tag_count, " + condition + ")";
            case SUM -> "sumIf(" + TagShares.share("toInt64(" + amount + ")") + ", " + condition + ")";
            case HISTOGRAM, OF_CLASSES, OF_WORDS -> throw new IllegalStateException("not shared among tags: " + this);
        };
    }

    /** Which spans it speaks of. */
    public String condition() {
        return condition;
    }

    /** The aggregate over partial results in {@code column}. */
    public String sumOf(String column) {
        return shape.sum + "(" + column + ")";
    }

    /** The value of no spans at all. */
    String nothing() {
        return shape.nothing;
    }

    boolean isHistogram() {
        return shape == Shape.HISTOGRAM;
    }

    /** Whether it is a number of spans. */
    public boolean isCount() {
        return shape == Shape.COUNT;
    }

    /** Whether it tells the classes of tokens apart. */
    boolean isByClass() {
        return shape == Shape.OF_CLASSES || shape == Shape.OF_WORDS;
    }

    /** Values below a nanosecond count as one: the logarithm of 0 is none. */
    private static String histogram(String nanos, String population) {
        return "sumMapIf(map(%s, toUInt64(1)), %s)"
                .formatted(LogBuckets.clickHouseIndex("greatest(" + nanos + ", 1)"), population);
    }
}
