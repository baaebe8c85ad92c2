package io.pentameter.gateway.key;

import io.pentameter.gateway.admin.Actor;
import io.pentameter.gateway.admin.PostgresAdministration;
import io.pentameter.gateway.audit.Act;
import io.pentameter.gateway.credential.KeyCache;
import io.pentameter.gateway.credential.KeyMint;
import io.pentameter.gateway.credential.KeyText;
import io.pentameter.gateway.credential.SecretHash;
import io.pentameter.gateway.database.PostgresTransactions;
import io.pentameter.gateway.idempotency.Created;
import io.pentameter.gateway.page.Page;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.hibernate.reactive.mutiny.Mutiny;

/** The keys of a tenant. A change is in force on this node when its transaction has committed, elsewhere in seconds. */
@ApplicationScoped
class PostgresKeys {

    /** Most keys of a tenant that are in use. */
    private static final int MAX_KEYS = 500;

    private final PostgresTransactions transactions;
    private final PostgresAdministration administration;
    private final KeyMint mint;
    private final KeyCache cache;
    private final InstantSource clock;

    PostgresKeys(
            PostgresTransactions transactions,
            PostgresAdministration administration,
            KeyMint mint,
            KeyCache cache,
            InstantSource clock) {
        this.transactions = transactions;
        this.administration = administration;
        this.mint = mint;
        this.cache = cache;
        this.clock = clock;
    }

    Uni<Response> create(Actor actor, NewKey wanted) {
        NewKey.Checked checked = wanted.check(clock.instant());
        return transactions.inTenant(
                actor.tenant(),
                session -> administration.once(
                        session,
                        actor,
                        actor.tenant(),
                        wanted,
                        () -> room(session).chain(() -> insert(session, actor, checked))));
    }

    private Uni<Void> room(Mutiny.Session session) {
        return session.createQuery("select count(*) from KeyEntity where revokedAt is null", Long.class)
                .getSingleResult()
                .invoke(count -> {
                    if (count >= MAX_KEYS) {
                        throw new ProblemException(
                                ProblemKind.CONFLICT,
                                "the tenant has %d keys, the most it may have; revoke one".formatted(count));
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Created> insert(Mutiny.Session session, Actor actor, NewKey.Checked wanted) {
        KeyText minted = mint.mint();
        KeyEntity entity = KeyEntity.of(
                minted.publicId(), actor.tenant(), wanted, actor.caller().subject(), now());
        entity.useSecret(SecretHash.of(minted.secret()).hex());
        Act act = Act.of("key.create", entity.id).with("scopes", String.join(" ", wanted.scopes()));
        return session.persist(entity)
                .chain(() -> administration.record(session, actor, actor.tenant(), act))
                .replaceWith(() -> new Created(
                        new IssuedKey(minted.text(), entity.view()),
                        new IssuedKey(null, entity.view()),
                        "/api/v1/keys/" + entity.id));
    }

    Uni<Page<ApiKey>> list(Actor actor, Page.Cursor from, int limit) {
        return transactions.inTenant(
                actor.tenant(),
                session -> session.createQuery("""
                                from KeyEntity where createdAt < :at or (createdAt = :at and id < :id)
                                order by createdAt desc, id desc
                                """, KeyEntity.class)
                        .setParameter("at", from.at())
                        .setParameter("id", from.id())
                        .setMaxResults(limit + 1)
                        .getResultList()
                        .map(rows -> Page.of(
                                rows.stream().map(KeyEntity::view).toList(),
                                limit,
                                key -> new Page.Cursor(key.createdAt(), key.id()))));
    }

    Uni<ApiKey> find(Actor actor, String id) {
        return transactions.inTenant(actor.tenant(), session -> get(session, id).map(KeyEntity::view));
    }

    Uni<IssuedKey> rotate(Actor actor, String id, Duration overlap) {
        return transactions
                .inTenant(
                        actor.tenant(),
                        session -> get(session, id)
                                .invoke(PostgresKeys::refuseRevoked)
                                .chain(entity -> rotate(session, actor, entity, overlap)))
                .invoke(() -> cache.evict(id));
    }

    private Uni<IssuedKey> rotate(Mutiny.Session session, Actor actor, KeyEntity entity, Duration overlap) {
        KeyText minted = mint.withNewSecret(entity.id.substring("key_".length()));
        entity.rotate(SecretHash.of(minted.secret()).hex(), now().plus(overlap));
        Act act = Act.of("key.rotate", entity.id).with("overlap", overlap.toString());
        return administration
                .record(session, actor, actor.tenant(), act)
                .replaceWith(() -> new IssuedKey(minted.text(), entity.view()));
    }

    private static void refuseRevoked(KeyEntity entity) {
        if (entity.revokedAt != null) {
            throw new ProblemException(ProblemKind.CONFLICT, "the key has been revoked: " + entity.id);
        }
    }

    /** Revoking a revoked key changes nothing. */
    Uni<Void> revoke(Actor actor, String id) {
        return transactions
                .inTenant(
                        actor.tenant(),
                        session -> get(session, id).chain(entity -> {
                            if (entity.revokedAt != null) {
                                return Uni.createFrom().voidItem();
                            }
                            entity.revoke(now());
                            return administration.record(session, actor, actor.tenant(), Act.of("key.revoke", id));
                        }))
                .invoke(() -> cache.evict(id));
    }

    private static Uni<KeyEntity> get(Mutiny.Session session, String id) {
        return session.find(KeyEntity.class, id)
                .onItem()
                .ifNull()
                .failWith(() -> new ProblemException(ProblemKind.NOT_FOUND, "there is no key with the id " + id));
    }

    /** As the database keeps it, so that a view before and after are the same. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
