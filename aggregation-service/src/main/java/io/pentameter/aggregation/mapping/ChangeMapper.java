package io.pentameter.aggregation.mapping;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.ChangeRecord;
import java.util.Optional;

/** Rows of changes. The one that was received later replaces the earlier one with the same id. */
public final class ChangeMapper implements RecordMapper {

    public static final Table TABLE = Table.of(
            "change",
            "tenant",
            "change_id",
            "kind",
            "title",
            "occurred_at",
            "ended_at",
            "received_at",
            "key_id",
            "feature",
            "environment",
            "provider",
            "model",
            "prompt_name",
            "prompt_version",
            "release",
            "attributes",
            "version");

    @Override
    public Optional<Rejection> map(RawRecord raw, BatchRows rows) {
        ChangeRecord it;
        try {
            it = ChangeRecord.parseFrom(raw.value());
        } catch (InvalidProtocolBufferException _) {
            return Optional.of(new Rejection("undecodable", "", "", 0));
        }
        if (it.getTenant().isEmpty() || it.getChangeId().isEmpty()) {
            return Optional.of(new Rejection("invalid_ids", it.getTenant(), "", it.getOccurredAtUs()));
        }
        rows.of(TABLE)
                .string(it.getTenant())
                .string(it.getChangeId())
                .string(it.getKind())
                .string(it.getTitle())
                .int64(it.getOccurredAtUs())
                .int64(it.getEndedAtUs())
                .int64(it.getReceivedAtUs())
                .string(it.getKeyId())
                .string(it.getFeature())
                .string(it.getEnvironment())
                .string(it.getProvider())
                .string(it.getModel())
                .string(it.getPromptName())
                .string(it.getPromptVersion())
                .string(it.getRelease())
                .map(it.getAttributesMap())
                .int64(it.getReceivedAtUs() == 0 ? it.getOccurredAtUs() : it.getReceivedAtUs())
                .endRow();
        return Optional.empty();
    }
}
