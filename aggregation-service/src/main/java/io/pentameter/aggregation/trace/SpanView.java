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
 * @param running         whether it has begun, and nothing is known yet of its end; it then has neither duration nor usage
 * @param durationSeconds exact to the nanosecond; absent while it runs
 * @param attempt         which try of which request this call is; absent if that cannot be told
 * @param classified      how intent and language were found, by dimension
 * @param usage           tokens by bucket; absent if the span has none, or a call below it has the same
 * @param repeatedUsage   tokens that are not counted here because a call below, which came in another delivery, has them
 * @param scores          of this span
 */
@JsonInclude(Include.NON_EMPTY)
record SpanView(
        String spanId,
        @Nullable String parentSpanId,
        String name,
        String kind,
        boolean request,
        boolean running,
        Instant start,
        @Nullable Double durationSeconds,
        @Nullable Double ttftSeconds,
        boolean error,
        @Nullable FailureView failure,
        @Nullable AttemptView attempt,
        Map<String, String> dimensions,
        Map<String, ClassifiedView> classified,
        @Nullable String responseId,
        @Nullable Map<String, Long> usage,
        @Nullable Map<String, Long> repeatedUsage,
        @Nullable UsageOriginView usageOrigin,
        @Nullable CostView cost,
        Map<String, String> attributes,
        List<String> tags,
        List<String> warnings,
        List<String> redacted,
        @Nullable PayloadView payload,
        List<TraceScore> scores) {

    /** A span that has begun and not ended. */
    static SpanView running(
            String spanId,
            @Nullable String parentSpanId,
            String name,
            String kind,
            boolean request,
            Instant since,
            Map<String, String> dimensions) {
        return new SpanView(
                spanId,
                parentSpanId,
                name,
                kind,
                request,
                true,
                since,
                null,
                null,
                false,
                null,
                null,
                dimensions,
                Map.of(),
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of());
    }

    /**
     * @param word   class of the failure, a word of our own; {@code detail} is finer; {@code errorType} and {@code message} are
     *               the client's
     * @param rule   id of the rule that found it
     * @param hidden whether a later attempt of the same request made it good
     */
    @JsonInclude(Include.NON_EMPTY)
    record FailureView(
            String word,
            String detail,
            String severity,
            String rule,
            boolean hidden,
            String errorType,
            String message,
            @Nullable Integer httpStatus) {}

    /**
     * @param group      equal for the attempts of one request, 16 hexadecimal digits
     * @param number     1 for the first
     * @param superseded whether it failed and another followed: its cost is waste
     */
    record AttemptView(String group, int number, int of, boolean superseded) {}

    /** @param source client or classifier; {@code confidence} and {@code model} are the classifier's */
    @JsonInclude(Include.NON_EMPTY)
    record ClassifiedView(
            String source, double confidence, @Nullable String model) {}

    /**
     * @param source     reported, estimated, derived, client_cache
     * @param reading    how the counts were read
     * @param reportedIn attribute that they were taken from
     */
    @JsonInclude(Include.NON_EMPTY)
    record UsageOriginView(
            String source,
            @Nullable String reading,
            @Nullable String reportedIn,
            @Nullable String serviceTier) {}

    /**
     * @param usd      decimal text, as priced now; absent if not known, and then {@code unknownReason} says why
     * @param asBilled what the span came with, where a repricing made another cost of it; absent elsewhere
     */
    @JsonInclude(Include.NON_EMPTY)
    record CostView(
            boolean known,
            @Nullable String usd,
            @Nullable String unknownReason,
            @Nullable String priceVersion,
            @Nullable String priceId,
            List<CostPart> parts,
            @Nullable String clientUsd,
            @Nullable String clientReportedIn,
            @Nullable Priced asBilled) {}

    /** A cost by one price. */
    @JsonInclude(Include.NON_EMPTY)
    record Priced(
            boolean known,
            @Nullable String usd,
            @Nullable String unknownReason,
            @Nullable String priceVersion,
            @Nullable String priceId,
            List<CostPart> parts) {}

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
