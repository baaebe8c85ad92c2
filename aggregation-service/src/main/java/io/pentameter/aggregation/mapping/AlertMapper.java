package io.pentameter.aggregation.mapping;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.AlertRecord;
import java.util.Optional;

/** Rows of alerts' transitions. */
public final class AlertMapper implements RecordMapper {

    public static final Table TABLE = Table.of(
            "alert_transition",
            "tenant",
            "transition_id",
            "fingerprint",
            "rule_id",
            "rule_name",
            "state",
            "severity",
            "at",
            "value",
            "threshold",
            "group_by",
            "sample");

    @Override
    public Optional<Rejection> map(RawRecord raw, BatchRows rows) {
        AlertRecord it;
        try {
            it = AlertRecord.parseFrom(raw.value());
        } catch (InvalidProtocolBufferException _) {
            return Optional.of(new Rejection("undecodable", "", "", 0));
        }
        if (it.getTenant().isEmpty() || it.getTransitionId().isEmpty()) {
            return Optional.of(new Rejection("invalid_ids", it.getTenant(), "", it.getAtUs()));
        }
        rows.of(TABLE)
                .string(it.getTenant())
                .string(it.getTransitionId())
                .string(it.getFingerprint())
                .string(it.getRuleId())
                .string(it.getRuleName())
                .string(it.getState())
                .string(it.getSeverity())
                .int64(it.getAtUs())
                .float64(it.getValue())
                .float64(it.getThreshold())
                .map(it.getGroupMap())
                .int64(it.getSample())
                .endRow();
        return Optional.empty();
    }
}
