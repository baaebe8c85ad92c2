package io.pentameter.aggregation.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One span as it is shown. What is not known is left out.
 *
 * @param durationSeconds exact to the nanosecond
 * @param scores          of this span
 */
@JsonInclude(Include.NON_EMPTY)
record SpanView(
        String spanId,
        @Nullable String parentSpanId,
        String name,
        String kind,
        boolean request,
        Instant start,
        double durationSeconds,
        @Nullable Double ttftSeconds,
        boolean error,
        @Nullable FailureView failure,
        Map<String, String> dimensions,
        @Nullable Map<String, Long> usage,
        @Nullable CostView cost,
        Map<String, String> attributes,
        List<String> tags,
        List<String> warnings,
        List<String> redacted,
        @Nullable PayloadView payload,
        List<TraceScore> scores) {

    /** @param word failure word of our own; {@code errorType} and {@code message} are the client's */
    @JsonInclude(Include.NON_EMPTY)
    record FailureView(
            String word,
            String errorType,
            String message,
            @Nullable Integer httpStatus) {}

    /** @param usd decimal text; absent if not known, and then {@code unknownReason} says why */
    @JsonInclude(Include.NON_EMPTY)
    record CostView(
            boolean known,
            @Nullable String usd,
            @Nullable String unknownReason,
            @Nullable String priceVersion,
            @Nullable String priceId,
            List<CostPart> parts,
            @Nullable String clientUsd) {}

    /** @param nanoUsdPerUnit decimal text */
    record CostPart(String bucket, long units, String nanoUsdPerUnit, String usd) {}

    /**
     * What went in and out.
     *
     * @param input absent, with {@code withheld} true, if the caller may not see it
     */
    @JsonInclude(Include.NON_EMPTY)
    record PayloadView(
            @Nullable String input,
            @Nullable String output,
            long inputSize,
            long outputSize,
            boolean truncated,
            @Nullable String finishReason,
            @Nullable String withheld) {}

    /** A judgement of the span or, at the trace, of the whole. */
    @JsonInclude(Include.NON_EMPTY)
    record TraceScore(
            String scoreId,
            @Nullable String spanId,
            String name,
            String source,
            @Nullable String rater,
            @Nullable Double value,
            @Nullable String label,
            @Nullable Boolean passed,
            @Nullable String comment,
            Instant createdAt) {}
}
