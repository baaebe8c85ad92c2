package io.pentameter.gateway.audit;

import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.gateway.chance.Chance;
import io.pentameter.kit.token.Caller;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Turns acts into records of the audit topic. */
public final class AuditTrail {

    private static final int SCHEMA_VERSION = 1;

    private final InstantSource clock;
    private final Chance chance;

    public AuditTrail(InstantSource clock, Chance chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * @param tenant    whose audit log it belongs to; empty for acts of the operator that concern no tenant
     * @param requestId as given to the caller; empty if unknown
     */
    public AuditRecord record(Caller caller, String tenant, Act act, @Nullable String requestId) {
        return AuditRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(tenant)
                .setAuditId(chance.uuid().toString())
                .setAtUs(TimeUnit.MILLISECONDS.toMicros(clock.millis()))
                .setActorKind(caller.key() == null ? "person" : "key")
                .setActorId(caller.subject())
                .setActorName(caller.name())
                .setAction(act.action())
                .setObject(act.object())
                .setResult(act.allowed() ? "allowed" : "denied")
                .setRequestId(requestId == null ? "" : requestId)
                .putAllDetails(act.details())
                .build();
    }
}
