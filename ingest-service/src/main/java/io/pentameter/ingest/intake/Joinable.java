package io.pentameter.ingest.intake;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.publish.LogRecord;
import java.util.List;

/**
 * A call to which a payload or an evaluation may belong that comes in another request.
 *
 * @param logged       its record
 * @param responseId   the provider's id of the answer, empty if not known
 * @param lacksPayload whether the span itself said nothing of input and output
 */
public record Joinable(
        LogRecord logged, ByteString traceId, ByteString spanId, String responseId, boolean lacksPayload) {

    static void add(SpanRecord span, LogRecord logged, List<Joinable> into) {
        if (span.getKind() != SpanKind.SPAN_KIND_MODEL_CALL && span.getKind() != SpanKind.SPAN_KIND_AGENT) {
            return;
        }
        Payload payload = span.getPayload();
        boolean lacksPayload = payload.getInputSize() == 0 && payload.getOutputSize() == 0;
        if (lacksPayload || !span.getResponseId().isEmpty()) {
            into.add(new Joinable(logged, span.getTraceId(), span.getSpanId(), span.getResponseId(), lacksPayload));
        }
    }
}
