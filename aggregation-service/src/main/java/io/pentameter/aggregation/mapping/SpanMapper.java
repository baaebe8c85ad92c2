package io.pentameter.aggregation.mapping;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.contracts.v1.SpanRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Rows of spans: one of metadata, and one of payload if the span has any. A span that has only begun has a row in a table of its
 * own; to the accounting it is a receipt of a span that another receipt follows.
 *
 * <p>Checks what the storage key rests on. Ingest has checked it already; a record that fails here was not made by ingest.
 */
public final class SpanMapper implements RecordMapper {

    /**
     * Days that the table keeps a span. The same for all, for it is in the partition key, and two versions of a span must not lie in two
     * partitions; what a tenant keeps for a shorter time is deleted (decision 0018).
     */
    static final int RETENTION_DAYS = 400;

    /** The year 2100: the engine's seconds end in 2106, and the retention is added to them. */
    private static final long LATEST_NANOS = 4_102_444_800L * 1_000_000_000L;

    @Override
    public Optional<Rejection> map(RawRecord raw, BatchRows rows) {
        SpanRecord span;
        try {
            span = SpanRecord.parseFrom(raw.value());
        } catch (InvalidProtocolBufferException _) {
            return Optional.of(new Rejection("undecodable", tenantOfKey(raw.key()), "", raw.timestamp() * 1000));
        }
        Optional<String> fault = faultOf(span);
        if (fault.isPresent()) {
            String tenant = span.getTenant().isEmpty() ? tenantOfKey(raw.key()) : span.getTenant();
            return Optional.of(new Rejection(fault.get(), tenant, span.getKeyId(), span.getReceivedAtUs()));
        }
        if (span.getIsRunning()) {
            OpenSpanRows.write(span, rows.of(OpenSpanRows.TABLE));
            rows.countSpan(span.getTenant(), span.getStartNs(), span.getReceivedAtUs(), span.getKeyId());
            return Optional.empty();
        }
        SpanRows.write(raw, span, rows.of(SpanRows.TABLE));
        if (!span.getPayload().getInput().isEmpty()
                || !span.getPayload().getOutput().isEmpty()) {
            RowBinary payload = rows.of(PayloadRows.TABLE);
            PayloadRows.write(span, payload);
        }
        rows.note(Relative.of(span));
        rows.countSpan(span.getTenant(), span.getStartNs(), span.getReceivedAtUs(), span.getKeyId());
        return Optional.empty();
    }

    private static Optional<String> faultOf(SpanRecord span) {
        if (span.getTenant().isEmpty()) {
            return Optional.of("tenant_missing");
        }
        if (span.getTraceId().size() != 16) {
            return Optional.of("invalid_trace_id");
        }
        if (span.getSpanId().size() != 8) {
            return Optional.of("invalid_span_id");
        }
        if (!span.getParentSpanId().isEmpty() && span.getParentSpanId().size() != 8) {
            return Optional.of("invalid_parent_span_id");
        }
        if (span.getStartNs() <= 0 || span.getStartNs() > LATEST_NANOS) {
            return Optional.of("time_out_of_range");
        }
        return span.getDurationNs() < 0 ? Optional.of("negative_duration") : Optional.empty();
    }

    /** The key begins with the tenant and a zero byte. */
    private static String tenantOfKey(byte[] key) {
        for (int i = 0; i < key.length; i++) {
            if (key[i] == 0) {
                return new String(key, 0, i, StandardCharsets.UTF_8);
            }
        }
        return "";
    }
}
