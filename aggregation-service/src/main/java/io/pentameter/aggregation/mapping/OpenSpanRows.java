package io.pentameter.aggregation.mapping;

import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanRecord;

/** Rows of spans that have begun and of whose end nothing is known yet. */
final class OpenSpanRows {

    static final Table TABLE = Table.of(
            "span_open",
            "tenant",
            "trace_id",
            "span_id",
            "parent_span_id",
            "start",
            "kind",
            "name",
            "is_request",
            "feature",
            "route",
            "customer",
            "user",
            "session",
            "model",
            "provider",
            "environment",
            "dialect",
            "key_id",
            "received_at",
            "version",
            "is_deleted");

    private OpenSpanRows() {}

    static void write(SpanRecord span, RowBinary row) {
        Dimensions dimensions = span.getDimensions();
        row.string(span.getTenant())
                .fixed(span.getTraceId().toByteArray(), 16)
                .fixed(span.getSpanId().toByteArray(), 8)
                .fixed(span.getParentSpanId().toByteArray(), 8)
                .int64(span.getStartNs())
                .string(Words.of(span.getKind()))
                .string(span.getName())
                .bool(span.getIsRequest())
                .string(dimensions.getFeature())
                .string(dimensions.getRoute())
                .string(dimensions.getCustomer())
                .string(dimensions.getUser())
                .string(dimensions.getSession())
                .string(dimensions.getModel())
                .string(dimensions.getProvider())
                .string(dimensions.getEnvironment())
                .string(span.getDialect())
                .string(span.getKeyId())
                .int64(span.getReceivedAtUs())
                .int64(span.getReceivedAtUs())
                .bool(span.getIsDeleted())
                .endRow();
    }
}
