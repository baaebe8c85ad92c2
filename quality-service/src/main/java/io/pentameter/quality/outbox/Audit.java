package io.pentameter.quality.outbox;

import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.kit.token.Caller;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the record of what a caller did to its tenant's settings. */
public final class Audit {

    private static final int SCHEMA_VERSION = 1;

    private Audit() {}

    /**
     * An act that was allowed.
     *
     * @param action  object and verb, for example {@code judge.create}
     * @param details without payloads or secrets
     */
    public static AuditRecord of(
            Caller caller,
            String action,
            String object,
            @Nullable String requestId,
            Map<String, String> details,
            Instant at) {
        return AuditRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(caller.requireTenant())
                .setAuditId("aud_" + UUID.randomUUID())
                .setAtUs(at.toEpochMilli() * 1000)
                .setActorKind(caller.key() == null ? "person" : "key")
                .setActorId(caller.subject())
                .setActorName(caller.name())
                .setAction(action)
                .setObject(object)
                .setResult("allowed")
                .setRequestId(requestId == null ? "" : requestId)
                .putAllDetails(details)
                .build();
    }
}
