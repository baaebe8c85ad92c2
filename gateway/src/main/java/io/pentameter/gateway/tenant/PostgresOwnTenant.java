package io.pentameter.gateway.tenant;

import io.pentameter.gateway.admin.Actor;
import io.pentameter.gateway.admin.PostgresAdministration;
import io.pentameter.gateway.audit.Act;
import io.pentameter.gateway.database.PostgresTransactions;
import io.pentameter.gateway.outbox.OutboxRecord;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.InstantSource;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** The caller's own tenant: what its admins may see and change of it. */
@ApplicationScoped
public class PostgresOwnTenant {

    private final PostgresTransactions transactions;
    private final PostgresAdministration administration;
    private final InstantSource clock;

    PostgresOwnTenant(PostgresTransactions transactions, PostgresAdministration administration, InstantSource clock) {
        this.transactions = transactions;
        this.administration = administration;
        this.clock = clock;
    }

    public Uni<Profile> profile(Actor actor) {
        return transactions.inTenant(
                actor.tenant(),
                session -> get(session, actor.tenant(), LockModeType.NONE).map(this::profile));
    }

    /** What is absent stays. */
    public Uni<Profile> change(Actor actor, @Nullable Integer retentionDays, @Nullable String payloadMode) {
        TenantChange change = new TenantChange(null, null, retentionDays, payloadMode, null, null);
        change.checkChange();
        return transactions.inTenant(
                actor.tenant(),
                session -> get(session, actor.tenant(), LockModeType.PESSIMISTIC_WRITE)
                        .invoke(entity -> entity.change(change))
                        .map(this::profile)
                        .call(profile -> administration.record(
                                session,
                                actor,
                                actor.tenant(),
                                Act.of("settings.update", "profile"),
                                OutboxRecord.of(profile.toRecord()))));
    }

    private Profile profile(TenantEntity entity) {
        Instant now = clock.instant();
        return entity.profile(now);
    }

    private static Uni<TenantEntity> get(Mutiny.Session session, String id, LockModeType lock) {
        return session.find(TenantEntity.class, id, lock)
                .onItem()
                .ifNull()
                .failWith(() -> new ProblemException(ProblemKind.NOT_FOUND, "the tenant is gone"));
    }
}
