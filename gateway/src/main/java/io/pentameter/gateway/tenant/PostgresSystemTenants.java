package io.pentameter.gateway.tenant;

import io.pentameter.gateway.admin.Actor;
import io.pentameter.gateway.admin.PostgresAdministration;
import io.pentameter.gateway.audit.Act;
import io.pentameter.gateway.credential.MembershipCache;
import io.pentameter.gateway.database.PostgresSystemTransactions;
import io.pentameter.gateway.idempotency.Created;
import io.pentameter.gateway.outbox.OutboxRecord;
import io.pentameter.gateway.page.Page;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.hibernate.reactive.mutiny.Mutiny;

/** All tenants, for the operator of the platform only. */
@ApplicationScoped
class PostgresSystemTenants {

    /** Whose rows keep the answers to the operator's creates; no tenant can have this id. */
    private static final String PLATFORM = "-";

    private final PostgresSystemTransactions transactions;
    private final PostgresAdministration administration;
    private final MembershipCache members;
    private final InstantSource clock;

    PostgresSystemTenants(
            PostgresSystemTransactions transactions,
            PostgresAdministration administration,
            MembershipCache members,
            InstantSource clock) {
        this.transactions = transactions;
        this.administration = administration;
        this.members = members;
        this.clock = clock;
    }

    Uni<Response> create(Actor actor, TenantChange wanted) {
        String id = wanted.checkNew();
        return transactions.withSession(session ->
                administration.once(session, actor, PLATFORM, wanted, () -> insert(session, actor, id, wanted)));
    }

    private Uni<Created> insert(Mutiny.Session session, Actor actor, String id, TenantChange wanted) {
        TenantEntity entity = TenantEntity.of(id, wanted, now());
        return reserve(session, id)
                .chain(() -> session.find(TenantEntity.class, id))
                .invoke(existing -> {
                    if (existing != null) {
                        throw new ProblemException(ProblemKind.CONFLICT, "there is a tenant with the id " + id);
                    }
                })
                .chain(() -> session.persist(entity))
                .chain(() -> record(session, actor, entity, Act.of("tenant.create", id)))
                .replaceWith(() -> Created.of(entity.view(), "/api/v1/admin/tenants/" + id));
    }

    /** Two that create the same tenant at once wait for each other, so that the second sees the first. */
    private static Uni<Void> reserve(Mutiny.Session session, String id) {
        return session.createNativeQuery(
                        "select cast(pg_advisory_xact_lock(hashtextextended(:name, 0)) as text)", String.class)
                .setParameter("name", "tenant " + id)
                .getSingleResult()
                .replaceWithVoid();
    }

    Uni<Page<Tenant>> list(Page.Cursor from, int limit) {
        return transactions.withSession(session -> session.createQuery("""
                        from TenantEntity where createdAt < :at or (createdAt = :at and id < :id)
                        order by createdAt desc, id desc
                        """, TenantEntity.class)
                .setParameter("at", from.at())
                .setParameter("id", from.id())
                .setMaxResults(limit + 1)
                .getResultList()
                .map(rows -> Page.of(
                        rows.stream().map(TenantEntity::view).toList(),
                        limit,
                        tenant -> new Page.Cursor(tenant.createdAt(), tenant.id()))));
    }

    Uni<Tenant> find(String id) {
        return transactions.withSession(
                session -> get(session, id, LockModeType.NONE).map(TenantEntity::view));
    }

    Uni<Tenant> change(Actor actor, String id, TenantChange change) {
        change.checkChange();
        return transactions
                .withSession(session -> get(session, id, LockModeType.PESSIMISTIC_WRITE)
                        .invoke(entity -> entity.change(change))
                        .call(entity -> record(session, actor, entity, Act.of("tenant.update", id)))
                        .map(TenantEntity::view))
                .invoke(members::clear);
    }

    private Uni<Void> record(Mutiny.Session session, Actor actor, TenantEntity entity, Act act) {
        Profile profile = entity.profile(now());
        return administration.record(session, actor, entity.id, act, OutboxRecord.of(profile.toRecord()));
    }

    private static Uni<TenantEntity> get(Mutiny.Session session, String id, LockModeType lock) {
        return session.find(TenantEntity.class, id, lock)
                .onItem()
                .ifNull()
                .failWith(() -> new ProblemException(ProblemKind.NOT_FOUND, "there is no tenant with the id " + id));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
