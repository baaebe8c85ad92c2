package io.pentameter.alert.outbox;

import io.pentameter.alert.identity.Ids;
import io.pentameter.alert.request.Requester;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Writes who did what, in the transaction in which it was done. */
@ApplicationScoped
public class PostgresAuditTrail {

    private final PostgresOutbox outbox;
    private final InstantSource clock;
    private final Ids ids;

    PostgresAuditTrail(PostgresOutbox outbox, InstantSource clock, Ids ids) {
        this.outbox = outbox;
        this.clock = clock;
        this.ids = ids;
    }

    public void add(PostgresTransaction transaction, Requester who, Act act) {
        AuditRecord message = AuditRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant(who.tenant())
                .setAuditId(ids.next("audit"))
                .setAtUs(micros(clock.instant()))
                .setActorKind(who.kind())
                .setActorId(who.id())
                .setActorName(who.name())
                .setAction(act.action())
                .setObject(act.object())
                .setResult("allowed")
                .setRequestId(who.requestId())
                .putAllDetails(act.details())
                .build();
        outbox.add(transaction, who.tenant(), Topics.AUDIT, PartitionKey.ofTenant(who.tenant()), message);
    }

    private static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + instant.getNano() / 1000;
    }
}
