package io.pentameter.aggregation.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trace with all its spans, by start.
 *
 * @param durationSeconds from the start to the end of the last span that has ended; null while none has
 * @param spanCount of the spans that have ended
 * @param runningCount spans that have begun and not ended; they are among {@code spans}
 * @param costUsd   sum of the known costs as priced now; null if something had to be priced and nothing could
 * @param billedCostUsd the same of what the spans came with; absent unless a repricing changed one of them
 * @param spans     parents are named by {@code parentSpanId}; at most {@link SqlTraces#MAX_SPANS}
 * @param truncated whether there are more
 * @param scores    of the trace as a whole
 * @param payload   {@code shown}, or {@code withheld} because the caller lacks the scope payload
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record TraceView(
        String traceId,
        Instant start,
        @Nullable Double durationSeconds,
        int spanCount,
        int runningCount,
        int errorCount,
        long inputTokens,
        long outputTokens,
        @Nullable String costUsd,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String billedCostUsd,
        boolean truncated,
        String payload,
        List<SpanView> spans,
        List<SpanView.TraceScore> scores) {}
