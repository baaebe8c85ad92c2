package io.pentameter.quality.judge;

import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.quality.outbox.Outbox;
import io.pentameter.quality.outbox.PostgresOutbox;
import io.pentameter.quality.store.PostgresSessions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Judges in PostgreSQL. A change and the record that tells of it are one transaction. */
@ApplicationScoped
public class PostgresJudgeStore {

    /** Most judges of one tenant. */
    static final int MAX_JUDGES = 50;

    private final PostgresSessions sessions;

    PostgresJudgeStore(PostgresSessions sessions) {
        this.sessions = sessions;
    }

    /** A client's word for "this is one create, however often I send it". */
    record Idempotency(String key, String requestHash, Instant at) {}

    /** What became of a create or an update. */
    sealed interface Written {
        record Done(Judge judge) implements Written {}

        /** The same create came before and led to this judge. */
        record Repeated(Judge judge) implements Written {}

        /** Another judge of the tenant has the name. */
        record NameTaken() implements Written {}

        /** The idempotency key came before with another body, or the judge it led to is gone. */
        record KeyReused() implements Written {}

        record TooMany() implements Written {}

        record NotFound() implements Written {}
    }

    List<Judge> list(String tenant) {
        return sessions.inTenant(
                tenant,
                session -> session.createQuery(
                                "from JudgeEntity where tenant = :tenant order by name", JudgeEntity.class)
                        .setParameter("tenant", tenant)
                        .getResultList()
                        .map(all -> all.stream().map(JudgeEntity::toJudge).toList()));
    }

    /** Empty also if the judge is another tenant's. */
    Optional<Judge> find(String tenant, String id) {
        return sessions.inTenant(
                tenant,
                session -> row(session, tenant, id, false)
                        .map(rows -> rows.stream().findFirst().map(JudgeEntity::toJudge)));
    }

    Written create(Judge judge, @Nullable Idempotency idempotency, AuditRecord act) {
        try {
            return sessions.inTenant(
                    judge.tenant(),
                    session -> (idempotency == null
                                    ? Uni.createFrom().<Optional<Written>>item(Optional.empty())
                                    : repeated(session, judge, idempotency))
                            .chain(known -> known.isPresent()
                                    ? Uni.createFrom().item(known.get())
                                    : insert(session, judge, idempotency, act)));
        } catch (ConstraintViolationException _) {
            return new Written.NameTaken();
        }
    }

    Written update(String tenant, String id, UnaryOperator<Judge> change, Function<Judge, AuditRecord> act) {
        try {
            return sessions.inTenant(
                    tenant,
                    session -> row(session, tenant, id, true).chain(rows -> {
                        if (rows.isEmpty()) {
                            return Uni.createFrom().<Written>item(new Written.NotFound());
                        }
                        JudgeEntity entity = rows.getFirst();
                        Judge changed = change.apply(entity.toJudge());
                        return named(session, tenant, changed.name()).chain(holders -> {
                            if (holders.stream().anyMatch(holder -> !holder.equals(id))) {
                                return Uni.createFrom().<Written>item(new Written.NameTaken());
                            }
                            entity.take(changed);
                            return session.flush()
                                    .chain(() -> PostgresOutbox.add(session, Outbox.of(act.apply(changed))))
                                    .replaceWith(new Written.Done(changed));
                        });
                    }));
        } catch (ConstraintViolationException _) {
            return new Written.NameTaken();
        }
    }

    /** Deletes the judge and what waits for it; its grades stay. False if there is none in this tenant. */
    boolean delete(String tenant, String id, AuditRecord act) {
        return sessions.inTenant(
                tenant,
                session -> row(session, tenant, id, true)
                        .chain(rows -> rows.isEmpty()
                                ? Uni.createFrom().item(false)
                                : session.remove(rows.getFirst())
                                        .chain(() -> session.createNativeQuery("""
                                                delete from judgement where tenant = :tenant and judge_id = :id
                                                """)
                                                .setParameter("tenant", tenant)
                                                .setParameter("id", id)
                                                .executeUpdate())
                                        .chain(() -> PostgresOutbox.add(session, Outbox.of(act)))
                                        .replaceWith(true)));
    }

    private static Uni<List<JudgeEntity>> row(Mutiny.Session session, String tenant, String id, boolean forUpdate) {
        Mutiny.SelectionQuery<JudgeEntity> query = session.createQuery(
                        "from JudgeEntity where tenant = :tenant and id = :id", JudgeEntity.class)
                .setParameter("tenant", tenant)
                .setParameter("id", id);
        return (forUpdate ? query.setLockMode(LockModeType.PESSIMISTIC_WRITE) : query).getResultList();
    }

    private static Uni<List<String>> named(Mutiny.Session session, String tenant, String name) {
        return session.createQuery("select id from JudgeEntity where tenant = :tenant and name = :name", String.class)
                .setParameter("tenant", tenant)
                .setParameter("name", name)
                .getResultList();
    }

    private static Uni<Optional<Written>> repeated(Mutiny.Session session, Judge judge, Idempotency idempotency) {
        return session.createNativeQuery("""
                        select object_id || ' ' || request_hash from idempotency where tenant = :tenant and key = :key
                        """, String.class)
                .setParameter("tenant", judge.tenant())
                .setParameter("key", idempotency.key())
                .getResultList()
                .chain(found -> {
                    if (found.isEmpty()) {
                        return Uni.createFrom().item(Optional.<Written>empty());
                    }
                    String[] known = found.getFirst().split(" ", 2);
                    if (!known[1].equals(idempotency.requestHash())) {
                        return Uni.createFrom().item(Optional.<Written>of(new Written.KeyReused()));
                    }
                    return row(session, judge.tenant(), known[0], false)
                            .map(rows -> Optional.of(rows.stream()
                                    .findFirst()
                                    .<Written>map(entity -> new Written.Repeated(entity.toJudge()))
                                    .orElseGet(Written.KeyReused::new)));
                });
    }

    private static Uni<Written> insert(
            Mutiny.Session session, Judge judge, @Nullable Idempotency idempotency, AuditRecord act) {
        return session.createQuery("select count(*) from JudgeEntity where tenant = :tenant", Long.class)
                .setParameter("tenant", judge.tenant())
                .getSingleResult()
                .chain(count -> {
                    if (count >= MAX_JUDGES) {
                        return Uni.createFrom().item(new Written.TooMany());
                    }
                    return named(session, judge.tenant(), judge.name()).chain(holders -> {
                        if (!holders.isEmpty()) {
                            return Uni.createFrom().item(new Written.NameTaken());
                        }
                        return session.persist(JudgeEntity.of(judge))
                                .chain(session::flush)
                                .chain(() -> remember(session, judge, idempotency))
                                .chain(() -> PostgresOutbox.add(session, Outbox.of(act)))
                                .replaceWith(new Written.Done(judge));
                    });
                });
    }

    private static Uni<Void> remember(Mutiny.Session session, Judge judge, @Nullable Idempotency idempotency) {
        if (idempotency == null) {
            return Uni.createFrom().voidItem();
        }
        return session.createNativeQuery("""
                        insert into idempotency (tenant, key, request_hash, object_id, created_at)
                        values (:tenant, :key, :hash, :object, :at)
                        """)
                .setParameter("tenant", judge.tenant())
                .setParameter("key", idempotency.key())
                .setParameter("hash", idempotency.requestHash())
                .setParameter("object", judge.id())
                .setParameter("at", idempotency.at())
                .executeUpdate()
                .replaceWithVoid();
    }
}
