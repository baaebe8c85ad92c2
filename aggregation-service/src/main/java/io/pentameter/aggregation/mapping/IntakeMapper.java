package io.pentameter.aggregation.mapping;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.IntakeRecord;
import io.pentameter.contracts.v1.Refusal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Rows of what ingest says it took. */
public final class IntakeMapper implements RecordMapper {

    public static final Table TABLE = Table.of(
            "intake",
            "tenant",
            "minute",
            "key_id",
            "intake_id",
            "received",
            "accepted",
            "refused_spans",
            "refused_requests",
            "body_bytes",
            "route");

    @Override
    public Optional<Rejection> map(RawRecord raw, BatchRows rows) {
        IntakeRecord it;
        try {
            it = IntakeRecord.parseFrom(raw.value());
        } catch (InvalidProtocolBufferException _) {
            return Optional.of(new Rejection("undecodable", "", "", 0));
        }
        if (it.getTenant().isEmpty() || it.getIntakeId().isEmpty()) {
            return Optional.of(new Rejection("invalid_ids", it.getTenant(), it.getKeyId(), it.getReceivedAtUs()));
        }
        rows.of(TABLE)
                .string(it.getTenant())
                .int32(Math.floorDiv(it.getReceivedAtUs(), 60_000_000L) * 60)
                .string(it.getKeyId())
                .string(it.getIntakeId())
                .int64(it.getReceived())
                .int64(it.getAccepted())
                .counts(byReason(it, Refusal::getSpans))
                .counts(byReason(it, Refusal::getRequests))
                .int64(it.getBodyBytes())
                .string(it.getRoute())
                .endRow();
        return Optional.empty();
    }

    private static Map<String, Long> byReason(IntakeRecord it, ToLongFunction<Refusal> count) {
        Map<String, Long> counts = new TreeMap<>();
        for (Refusal refusal : it.getRefusedList()) {
            if (count.applyAsLong(refusal) != 0) {
                counts.merge(refusal.getReason(), count.applyAsLong(refusal), Long::sum);
            }
        }
        return counts;
    }
}
