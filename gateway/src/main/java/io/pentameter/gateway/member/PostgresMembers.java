package io.pentameter.gateway.member;

import io.pentameter.gateway.admin.Actor;
import io.pentameter.gateway.admin.PostgresAdministration;
import io.pentameter.gateway.audit.Act;
import io.pentameter.gateway.chance.Chance;
import io.pentameter.gateway.credential.MembershipCache;
import io.pentameter.gateway.database.PostgresTransactions;
import io.pentameter.gateway.idempotency.Created;
import io.pentameter.gateway.page.Page;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.hibernate.reactive.mutiny.Mutiny;

/** The members of a tenant. */
@ApplicationScoped
public class PostgresMembers {

    private final PostgresTransactions transactions;
    private final PostgresAdministration administration;
    private final MembershipCache cache;
    private final InstantSource clock;
    private final Chance chance;

    PostgresMembers(
            PostgresTransactions transactions,
            PostgresAdministration administration,
            MembershipCache cache,
            InstantSource clock,
            Chance chance) {
        this.transactions = transactions;
        this.administration = administration;
        this.cache = cache;
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * Adds a member.
     *
     * @param tenant must exist
     */
    public Uni<Response> create(Actor actor, String tenant, NewMember wanted) {
        NewMember.Checked checked = wanted.check();
        return transactions
                .inTenant(
                        tenant,
                        session -> administration.once(
                                session, actor, tenant, wanted, () -> insert(session, actor, tenant, checked)))
                .invoke(cache::clear);
    }

    private Uni<Created> insert(Mutiny.Session session, Actor actor, String tenant, NewMember.Checked wanted) {
        String id = "mem_" + chance.uuid().toString().replace("-", "");
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Act act = Act.of("member.create", id).with("roles", String.join(" ", wanted.roles()));
        return session.createNativeQuery("""
                        insert into gateway.member (id, tenant, email, subject, roles, created_at)
                        values (:id, :tenant, :email, cast(:subject as text), :roles, :at)
                        on conflict (tenant, email) do nothing
                        """)
                .setParameter("id", id)
                .setParameter("tenant", tenant)
                .setParameter("email", wanted.email())
                .setParameter("subject", wanted.subject())
                .setParameter("roles", wanted.roles().toArray(String[]::new))
                .setParameter("at", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .executeUpdate()
                .invoke(count -> {
                    if (count == 0) {
                        throw new ProblemException(
                                ProblemKind.CONFLICT, "the tenant has a member with this address already");
                    }
                })
                .chain(() -> administration.record(session, actor, tenant, act))
                .replaceWith(() -> Created.of(
                        new Member(id, wanted.email(), wanted.subject(), wanted.roles(), now),
                        "/api/v1/members/" + id));
    }

    Uni<Page<Member>> list(Actor actor, Page.Cursor from, int limit) {
        return transactions.inTenant(
                actor.tenant(),
                session -> session.createQuery("""
                                from MemberEntity where createdAt < :at or (createdAt = :at and id < :id)
                                order by createdAt desc, id desc
                                """, MemberEntity.class)
                        .setParameter("at", from.at())
                        .setParameter("id", from.id())
                        .setMaxResults(limit + 1)
                        .getResultList()
                        .map(rows -> Page.of(
                                rows.stream().map(MemberEntity::view).toList(),
                                limit,
                                member -> new Page.Cursor(member.createdAt(), member.id()))));
    }

    Uni<Member> find(Actor actor, String id) {
        return transactions.inTenant(actor.tenant(), session -> get(session, id).map(MemberEntity::view));
    }

    Uni<Member> changeRoles(Actor actor, String id, NewMember wanted) {
        var roles = wanted.checkRoles();
        Act act = Act.of("member.update", id).with("roles", String.join(" ", roles));
        return transactions
                .inTenant(
                        actor.tenant(),
                        session -> get(session, id)
                                .invoke(entity -> entity.changeRoles(roles))
                                .call(() -> administration.record(session, actor, actor.tenant(), act))
                                .map(MemberEntity::view))
                .invoke(cache::clear);
    }

    Uni<Void> remove(Actor actor, String id) {
        return transactions
                .inTenant(
                        actor.tenant(),
                        session -> get(session, id)
                                .chain(session::remove)
                                .chain(() -> administration.record(
                                        session, actor, actor.tenant(), Act.of("member.delete", id))))
                .invoke(cache::clear);
    }

    private static Uni<MemberEntity> get(Mutiny.Session session, String id) {
        return session.find(MemberEntity.class, id)
                .onItem()
                .ifNull()
                .failWith(() -> new ProblemException(ProblemKind.NOT_FOUND, "there is no member with the id " + id));
    }
}
