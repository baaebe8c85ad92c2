package io.pentameter.alert.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a rule may look at: measures of the metrics query, with what they rest on. */
public enum Measure {
    REQUESTS(SampleOf.REQUESTS, ""),
    SPANS(SampleOf.SPANS, ""),
    ERRORS(SampleOf.REQUESTS, ""),
    ERROR_RATE(SampleOf.REQUESTS, ""),
    REQUESTS_PER_MINUTE(SampleOf.REQUESTS, "/min"),
    LATENCY_P50(SampleOf.REQUESTS, "s"),
    LATENCY_P90(SampleOf.REQUESTS, "s"),
    LATENCY_P95(SampleOf.REQUESTS, "s"),
    LATENCY_P99(SampleOf.REQUESTS, "s"),
    MODEL_CALLS(SampleOf.MODEL_CALLS, ""),
    MODEL_CALL_ERRORS(SampleOf.MODEL_CALLS, ""),
    MODEL_CALL_ERROR_RATE(SampleOf.MODEL_CALLS, ""),
    MODEL_LATENCY_P50(SampleOf.MODEL_CALLS, "s"),
    MODEL_LATENCY_P90(SampleOf.MODEL_CALLS, "s"),
    MODEL_LATENCY_P95(SampleOf.MODEL_CALLS, "s"),
    MODEL_LATENCY_P99(SampleOf.MODEL_CALLS, "s"),
    TTFT_P50(SampleOf.MODEL_CALLS, "s"),
    TTFT_P90(SampleOf.MODEL_CALLS, "s"),
    TTFT_P95(SampleOf.MODEL_CALLS, "s"),
    TTFT_P99(SampleOf.MODEL_CALLS, "s"),
    TOKENS_PER_SECOND(SampleOf.MODEL_CALLS, "tokens/s"),
    INPUT_TOKENS(SampleOf.MODEL_CALLS, "tokens"),
    OUTPUT_TOKENS(SampleOf.MODEL_CALLS, "tokens"),
    TOTAL_TOKENS(SampleOf.MODEL_CALLS, "tokens"),
    COST_USD(SampleOf.MODEL_CALLS, "USD"),
    COST_PER_REQUEST(SampleOf.REQUESTS, "USD"),
    THUMBS_UP(SampleOf.FEEDBACK, ""),
    THUMBS_DOWN(SampleOf.FEEDBACK, ""),
    THUMBS_DOWN_RATE(SampleOf.FEEDBACK, ""),
    /** Share of a provider's invoices by which they and the ledger are apart, at the last comparison within the window. */
    INVOICE_VARIANCE(SampleOf.INVOICE_COMPARISONS, ""),
    INVOICE_VARIANCE_USD(SampleOf.INVOICE_COMPARISONS, "USD");

    private final SampleOf sample;
    private final String unit;

    Measure(SampleOf sample, String unit) {
        this.sample = sample;
        this.unit = unit;
    }

    /** What is counted unless the rule says otherwise. */
    public SampleOf sample() {
        return sample;
    }

    /** For people; empty for plain numbers and rates, which are written 0 to 1. */
    public String unit() {
        return unit;
    }

    /** The word in the metrics query. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Measure> ofWord(String word) {
        return Arrays.stream(values())
                .filter(measure -> measure.word().equals(word))
                .findFirst();
    }

    /** All words, in the order of declaration. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Measure::word).toList();
    }
}
