package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.rollup.Base;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What can be measured; the catalogue, with the population that each measure speaks of.
 *
 * <p>What is not known is null, never 0: a rate or a percentile of nothing, tokens or cost where no span tells them.
 */
enum Measure {
    /** All spans. */
    SPANS(Unit.COUNT, "spans", Base.SPANS),
    /** Spans that stand for what a user asked once. */
    REQUESTS(Unit.COUNT, "requests", Base.REQUESTS),
    /** Requests that failed. */
    ERRORS(Unit.COUNT, "request_errors", Base.REQUEST_ERRORS),
    /** Failed requests of all requests. */
    ERROR_RATE(Unit.NUMBER, ratio("request_errors", "requests"), Base.REQUEST_ERRORS, Base.REQUESTS),
    /** Of requests, per minute of the window or of the point. */
    REQUESTS_PER_MINUTE(Unit.NUMBER, "requests / ${minutes}", Base.REQUESTS),
    /** Durations of requests. */
    LATENCY_P50(Unit.NUMBER, quantile("request_latency", 0.5), Base.REQUEST_LATENCY),
    LATENCY_P90(Unit.NUMBER, quantile("request_latency", 0.9), Base.REQUEST_LATENCY),
    LATENCY_P95(Unit.NUMBER, quantile("request_latency", 0.95), Base.REQUEST_LATENCY),
    LATENCY_P99(Unit.NUMBER, quantile("request_latency", 0.99), Base.REQUEST_LATENCY),
    /** Spans of kind model_call or embedding. */
    MODEL_CALLS(Unit.COUNT, "model_calls", Base.MODEL_CALLS),
    /** Model calls that failed. */
    MODEL_CALL_ERRORS(Unit.COUNT, "model_call_errors", Base.MODEL_CALL_ERRORS),
    /** Failed model calls of all model calls. */
    MODEL_CALL_ERROR_RATE(
            Unit.NUMBER, ratio("model_call_errors", "model_calls"), Base.MODEL_CALL_ERRORS, Base.MODEL_CALLS),
    /** Durations of model calls. */
    MODEL_LATENCY_P50(Unit.NUMBER, quantile("model_latency", 0.5), Base.MODEL_LATENCY),
    MODEL_LATENCY_P90(Unit.NUMBER, quantile("model_latency", 0.9), Base.MODEL_LATENCY),
    MODEL_LATENCY_P95(Unit.NUMBER, quantile("model_latency", 0.95), Base.MODEL_LATENCY),
    MODEL_LATENCY_P99(Unit.NUMBER, quantile("model_latency", 0.99), Base.MODEL_LATENCY),
    /** Times to the first token, of the model calls that tell it. */
    TTFT_P50(Unit.NUMBER, quantile("ttft", 0.5), Base.TTFT),
    TTFT_P90(Unit.NUMBER, quantile("ttft", 0.9), Base.TTFT),
    TTFT_P95(Unit.NUMBER, quantile("ttft", 0.95), Base.TTFT),
    TTFT_P99(Unit.NUMBER, quantile("ttft", 0.99), Base.TTFT),
    /** Output tokens per second, of the calls of kind model_call that tell their tokens: all tokens through all time. */
    TOKENS_PER_SECOND(
            Unit.NUMBER,
            "if(timed_ns = 0, NULL, timed_output_tokens / timed_ns * 1e9)",
            Base.TIMED_OUTPUT_TOKENS,
            Base.TIMED_NS),
    /** Tokens of all spans that tell them. */
    INPUT_TOKENS(Unit.COUNT, tokens("input_tokens"), Base.INPUT_TOKENS, Base.USAGE_SPANS, Base.MODEL_CALLS),
    OUTPUT_TOKENS(Unit.COUNT, tokens("output_tokens"), Base.OUTPUT_TOKENS, Base.USAGE_SPANS, Base.MODEL_CALLS),
    TOTAL_TOKENS(
            Unit.COUNT,
            tokens("input_tokens + output_tokens"),
            Base.INPUT_TOKENS,
            Base.OUTPUT_TOKENS,
            Base.USAGE_SPANS,
            Base.MODEL_CALLS),
    /** Part of the input tokens. */
    CACHED_TOKENS(Unit.COUNT, tokens("cached_tokens"), Base.CACHED_TOKENS, Base.USAGE_SPANS, Base.MODEL_CALLS),
    /** Part of the output tokens. */
    REASONING_TOKENS(Unit.COUNT, tokens("reasoning_tokens"), Base.REASONING_TOKENS, Base.USAGE_SPANS, Base.MODEL_CALLS),
    /** Of all spans whose price is known; the coverage says how many that are. */
    COST_USD(Unit.MONEY, cost("cost_nano"), Base.COST_NANO, Base.PRICED, Base.PRICEABLE),
    /** Known cost of all spans, through the requests. */
    COST_PER_REQUEST(
            Unit.MONEY,
            "if(requests = 0, NULL, " + cost("intDiv(cost_nano + intDiv(toInt64(requests), 2), toInt64(requests))")
                    + ")",
            Base.COST_NANO,
            Base.PRICED,
            Base.PRICEABLE,
            Base.REQUESTS),
    /** Spans with a failure, hard or soft, hidden ones too. */
    FAILURES(Unit.COUNT, "failures", Base.FAILURES),
    /** Spans with a failure of all spans. */
    FAILURE_RATE(Unit.NUMBER, ratio("failures", "spans"), Base.FAILURES, Base.SPANS),
    /** Requests with a failure, hard or soft: what users saw. */
    VISIBLE_FAILURES(Unit.COUNT, "visible_failures", Base.VISIBLE_FAILURES),
    /** Requests with a failure of all requests. */
    VISIBLE_FAILURE_RATE(Unit.NUMBER, ratio("visible_failures", "requests"), Base.VISIBLE_FAILURES, Base.REQUESTS),
    /** Spans with a failure that a later attempt of the same request made good. */
    HIDDEN_FAILURES(Unit.COUNT, "hidden_failures", Base.HIDDEN_FAILURES),
    /** Calls that are attempts of a request to a model, the only ones too. */
    ATTEMPTS(Unit.COUNT, "attempts", Base.ATTEMPTS),
    /** Requests to a model that were tried more than once. */
    RETRIED_REQUESTS(Unit.COUNT, "retried_requests", Base.RETRIED_REQUESTS),
    /** Of all requests to a model whose attempts could be told. */
    RETRY_RATE(
            Unit.NUMBER,
            ratio("retried_requests", "attempted_requests"),
            Base.RETRIED_REQUESTS,
            Base.ATTEMPTED_REQUESTS),
    /**
     * Known cost of the calls of a model (chat, embedding, reranking) that failed hard or were superseded by another attempt;
     * null where such calls had to be priced and none could.
     */
    WASTE_USD(
            Unit.MONEY,
            "if(waste_priced = 0 AND waste_priceable > 0, NULL, waste_nano)",
            Base.WASTE_NANO,
            Base.WASTE_PRICED,
            Base.WASTE_PRICEABLE),
    /** Scores named thumbs that were created in the window, the latest of each id. */
    THUMBS_UP(Unit.COUNT, FactSource.SCORES, "thumbs_up"),
    THUMBS_DOWN(Unit.COUNT, FactSource.SCORES, "thumbs_down"),
    /** Thumbs down of all thumbs. */
    THUMBS_DOWN_RATE(Unit.NUMBER, FactSource.SCORES, ratio("thumbs_down", "(thumbs_up + thumbs_down)")),
    /** Scores named acceptance that say yes, of all of them. */
    ACCEPTANCE_RATE(Unit.NUMBER, FactSource.SCORES, ratio("accepted", "acceptances")),
    /** Mean of the scores named rating, on the scale of 1 to 5. */
    RATING_MEAN(Unit.NUMBER, FactSource.SCORES, ratio("rating_sum", "ratings")),
    /** How many those are. */
    RATING_COUNT(Unit.COUNT, FactSource.SCORES, "ratings"),
    /** Mean of the scores named edit_distance: 0 the answer was used as it is, 1 nothing of it was left. */
    EDIT_DISTANCE_MEAN(Unit.NUMBER, FactSource.SCORES, ratio("edit_sum", "edits")),
    /** Scores of end users that are named thumbs, rating, acceptance, edit_distance or comment. */
    FEEDBACK_COUNT(Unit.COUNT, FactSource.SCORES, "feedbacks"),
    /** Outcomes that occurred in the window and were not taken back, the latest of each id. */
    OUTCOMES(Unit.COUNT, FactSource.OUTCOMES, "outcomes"),
    /** Successes of the outcomes that say whether they are one. */
    RESOLVED(Unit.NUMBER, FactSource.OUTCOMES, ratio("successes", "decided")),
    /** Sum of the outcomes' values in US dollars; null where there are outcomes and none has one. */
    OUTCOME_VALUE_USD(Unit.MONEY, FactSource.OUTCOMES, "if(valued = 0 AND outcomes > 0, NULL, value_nano)"),
    /**
     * Share of a provider's invoices of the last days by which they and the ledger are apart, after adjustments, when they were last
     * compared; without a group that of the provider with the largest. Null where none was compared in the window.
     */
    INVOICE_VARIANCE(Unit.NUMBER, FactSource.INVOICES, "if(comparisons = 0 OR variance < 0, NULL, variance)"),
    /** The same in US dollars. */
    INVOICE_VARIANCE_USD(Unit.MONEY, FactSource.INVOICES, "if(comparisons = 0 OR variance < 0, NULL, variance_nano)"),
    /** How often invoices were compared in the window, each provider for itself. */
    INVOICE_COMPARISONS(Unit.COUNT, FactSource.INVOICES, "comparisons");

    /** How a value is written. */
    enum Unit {
        /** A whole number. */
        COUNT,
        /** A number: a rate from 0 to 1, seconds, or per something. */
        NUMBER,
        /** US dollars as decimal text of up to 9 places. */
        MONEY
    }

    private final Unit unit;
    private final FactSource source;
    private final String sql;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<Base> bases;

    Measure(Unit unit, String sql, Base... bases) {
        this.unit = unit;
        this.source = FactSource.SPANS;
        this.sql = sql;
        this.bases = List.of(bases);
    }

    Measure(Unit unit, FactSource source, String sql) {
        this.unit = unit;
        this.source = source;
        this.sql = sql;
        this.bases = List.of();
    }

    /** In the API. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Unit unit() {
        return unit;
    }

    FactSource source() {
        return source;
    }

    Set<Base> bases() {
        return bases.isEmpty() ? Set.of() : EnumSet.copyOf(bases);
    }

    /** Its value over the columns of its bases, or of its source's sums. */
    String sql(String minutes) {
        return sql.replace("${minutes}", minutes);
    }

    static Optional<Measure> of(String word) {
        return Arrays.stream(values())
                .filter(measure -> measure.word().equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Measure::word).toList();
    }

    private static String ratio(String part, String whole) {
        return "if(%2$s = 0, NULL, %1$s / %2$s)".formatted(part, whole);
    }

    /** Null where model calls were made and none tells its tokens. */
    private static String tokens(String sum) {
        return "if(usage_spans = 0 AND model_calls > 0, NULL, %s)".formatted(sum);
    }

    /** Null where something had to be priced and nothing could. */
    private static String cost(String nano) {
        return "if(priced = 0 AND priceable > 0, NULL, %s)".formatted(nano);
    }

    /**
     * Seconds at a quantile of a histogram of nanoseconds, as {@code LogBuckets.quantile} defines it: the representative
     * of the bucket in which the value of rank {@code floor(q (n - 1))} lies.
     */
    private static String quantile(String histogram, double q) {
        return ("if(empty(%1$s), NULL, pow(101 / 99, mapKeys(%1$s)[arrayFirstIndex(seen -> seen > %2$s *"
                        + " (arraySum(mapValues(%1$s)) - 1), arrayCumSum(mapValues(%1$s)))]) * 1.01 / 1e9)")
                .formatted(histogram, q);
    }
}
