package io.pentameter.aggregation.mapping;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;

/**
 * What a stored span tells of its place in its trace.
 *
 * @param parentId empty for a root
 * @param startNs  nanoseconds since the epoch
 * @param receipt  microseconds since the epoch; equal for the spans of one delivery
 * @param isOpen   whether it does not say all of feature, route, customer, user and session: the steps above it may
 */
public record Relative(
        Trace trace,
        ByteString spanId,
        ByteString parentId,
        SpanKind kind,
        long startNs,
        long receipt,
        boolean isOpen) {

    /** A trace of a tenant. */
    public record Trace(String tenant, ByteString traceId) {}

    static Relative of(SpanRecord span) {
        Dimensions said = span.getDimensions();
        return new Relative(
                new Trace(span.getTenant(), span.getTraceId()),
                span.getSpanId(),
                span.getParentSpanId(),
                span.getKind(),
                span.getStartNs(),
                span.getReceivedAtUs(),
                said.getFeature().isEmpty()
                        || said.getRoute().isEmpty()
                        || said.getCustomer().isEmpty()
                        || said.getUser().isEmpty()
                        || said.getSession().isEmpty());
    }

    /** Whether the span is a call of a model, of those kinds that own usage. */
    public boolean isCall() {
        return switch (kind) {
            case SPAN_KIND_MODEL_CALL, SPAN_KIND_EMBEDDING, SPAN_KIND_RERANK -> true;
            default -> false;
        };
    }

    /** Whether the calls below it are made on its own account: they repeat nothing above it. */
    public boolean isBoundary() {
        return switch (kind) {
            case SPAN_KIND_TOOL, SPAN_KIND_RETRIEVAL, SPAN_KIND_GUARDRAIL, SPAN_KIND_EVALUATION -> true;
            default -> false;
        };
    }
}
