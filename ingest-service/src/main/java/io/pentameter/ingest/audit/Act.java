package io.pentameter.ingest.audit;

import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.kit.token.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody did.
 *
 * @param action  verb and object with a dot: {@code pseudonym.resolve}
 * @param object  what it was done to, may be empty
 * @param details without payloads, secrets and what pseudonyms stand for
 */
public record Act(String action, String object, Map<String, String> details) {

    private static final int SCHEMA_VERSION = 1;

    public Act {
        details = Map.copyOf(details);
    }

    /**
     * The record for the audit log.
     *
     * @param requestId as given to the caller; absent if unknown
     */
    public LogRecord by(Caller caller, Instant at, @Nullable String requestId) {
        String tenant = caller.requireTenant();
        AuditRecord record = AuditRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(tenant)
                .setAuditId(UUID.randomUUID().toString())
                .setAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .setActorKind(caller.key() == null ? "person" : "key")
                .setActorId(caller.subject())
                .setActorName(caller.name())
                .setAction(action)
                .setObject(object)
                .setResult("allowed")
                .setRequestId(requestId == null ? "" : requestId)
                .putAllDetails(details)
                .build();
        return new LogRecord(PartitionKey.ofTenant(tenant), record.toByteArray());
    }
}
