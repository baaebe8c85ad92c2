package io.pentameter.aggregation.mapping;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.OutcomeRecord;
import java.util.Optional;

/** Rows of outcomes. The one that was received later replaces the earlier one with the same id. */
public final class OutcomeMapper implements RecordMapper {

    public static final Table TABLE = Table.of(
            "outcome",
            "tenant",
            "outcome_id",
            "trace_id",
            "session",
            "name",
            "value",
            "unit",
            "occurred_at",
            "received_at",
            "attributes",
            "success",
            "value_nano",
            "customer",
            "user",
            "feature",
            "key_id",
            "version",
            "is_deleted");

    @Override
    public Optional<Rejection> map(RawRecord raw, BatchRows rows) {
        OutcomeRecord it;
        try {
            it = OutcomeRecord.parseFrom(raw.value());
        } catch (InvalidProtocolBufferException _) {
            return Optional.of(new Rejection("undecodable", "", "", 0));
        }
        if (it.getTenant().isEmpty()
                || it.getOutcomeId().isEmpty()
                || (!it.getTraceId().isEmpty() && it.getTraceId().size() != 16)) {
            return Optional.of(new Rejection("invalid_ids", it.getTenant(), it.getKeyId(), it.getReceivedAtUs()));
        }
        rows.of(TABLE)
                .string(it.getTenant())
                .string(it.getOutcomeId())
                .fixed(it.getTraceId().toByteArray(), 16)
                .string(it.getSession())
                .string(it.getName())
                .nullable(it.hasValue(), it.getValue())
                .string(it.getUnit())
                .int64(it.getOccurredAtUs())
                .int64(it.getReceivedAtUs())
                .map(it.getAttributesMap())
                .nullable(it.hasSuccess(), it.getSuccess())
                .nullable(it.hasValueNanoUsd(), it.getValueNanoUsd())
                .string(it.getCustomer())
                .string(it.getUser())
                .string(it.getFeature())
                .string(it.getKeyId())
                .int64(it.getReceivedAtUs())
                .bool(it.getIsDeleted())
                .endRow();
        return Optional.empty();
    }
}
