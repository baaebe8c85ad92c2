package io.pentameter.aggregation.mapping;

import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.contracts.v1.SpanRecord;

/** Rows of prompts and outputs, apart from the metadata. */
public final class PayloadRows {

    public static final Table TABLE = Table.of(
            "span_payload",
            "tenant",
            "trace_id",
            "span_id",
            "start",
            "input",
            "output",
            "retention_days",
            "version",
            "is_deleted");

    private PayloadRows() {}

    static void write(SpanRecord span, RowBinary rows) {
        rows.string(span.getTenant())
                .fixed(span.getTraceId().toByteArray(), 16)
                .fixed(span.getSpanId().toByteArray(), 8)
                .int64(span.getStartNs())
                .string(span.getPayload().getInput())
                .string(span.getPayload().getOutput())
                .int16(SpanMapper.RETENTION_DAYS)
                .int64(span.getReceivedAtUs())
                .uint8(0)
                .endRow();
    }
}
