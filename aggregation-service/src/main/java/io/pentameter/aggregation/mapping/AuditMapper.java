package io.pentameter.aggregation.mapping;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.AuditRecord;
import java.util.Optional;

/** Rows of who did what; the tenant may be empty, for acts of the operator. */
public final class AuditMapper implements RecordMapper {

    public static final Table TABLE = Table.of(
            "audit",
            "tenant",
            "at",
            "audit_id",
            "actor_kind",
            "actor_id",
            "actor_name",
            "action",
            "object",
            "result",
            "request_id",
            "details");

    @Override
    public Optional<Rejection> map(RawRecord raw, BatchRows rows) {
        AuditRecord it;
        try {
            it = AuditRecord.parseFrom(raw.value());
        } catch (InvalidProtocolBufferException _) {
            return Optional.of(new Rejection("undecodable", "", "", 0));
        }
        if (it.getAuditId().isEmpty()) {
            return Optional.of(new Rejection("invalid_ids", it.getTenant(), "", it.getAtUs()));
        }
        rows.of(TABLE)
                .string(it.getTenant())
                .int64(it.getAtUs())
                .string(it.getAuditId())
                .string(it.getActorKind())
                .string(it.getActorId())
                .string(it.getActorName())
                .string(it.getAction())
                .string(it.getObject())
                .string(it.getResult())
                .string(it.getRequestId())
                .map(it.getDetailsMap())
                .endRow();
        return Optional.empty();
    }
}
