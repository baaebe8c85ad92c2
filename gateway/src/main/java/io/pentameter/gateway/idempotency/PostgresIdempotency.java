package io.pentameter.gateway.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Runs a create once for each Idempotency-Key.
 *
 * <p>The answer is kept in the same transaction as what was created, for a day. A repeat while the first is in flight is
 * a 409, with another content a 422. Secrets are not kept: the repeated answer to the making of a key has none.
 */
@ApplicationScoped
public class PostgresIdempotency {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final int CREATED = 201;

    private final ObjectMapper mapper;
    private final InstantSource clock;

    PostgresIdempotency(ObjectMapper mapper, InstantSource clock) {
        this.mapper = mapper;
        this.clock = clock;
    }

    /** @param create makes the thing, in the session's transaction */
    public Uni<Response> once(Mutiny.Session session, Repeatable request, Supplier<Uni<Created>> create) {
        if (request.key() == null) {
            return create.get()
                    .map(created -> Response.status(CREATED)
                            .header("Location", created.path())
                            .entity(created.shown())
                            .build());
        }
        String keyHash = sha256(request.key());
        return lock(session, request, keyHash)
                .chain(() -> find(session, request, keyHash))
                .chain(found -> found.isEmpty()
                        ? create.get()
                                .call(created -> remember(session, request, keyHash, created))
                                .map(created -> Response.status(CREATED)
                                        .header("Location", created.path())
                                        .entity(created.shown())
                                        .build())
                        : Uni.createFrom().item(() -> again(request, found.getFirst())));
    }

    /** The first to come holds it until its transaction ends; nobody waits for it. */
    private static Uni<Void> lock(Mutiny.Session session, Repeatable request, String keyHash) {
        return session.createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))", Boolean.class)
                .setParameter("name", "idempotency " + request.tenant() + " " + request.subject() + " " + keyHash)
                .getSingleResult()
                .invoke(locked -> {
                    if (!locked) {
                        throw new ProblemException(
                                ProblemKind.CONFLICT, "a request with this Idempotency-Key is still in flight");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<List<Object[]>> find(Mutiny.Session session, Repeatable request, String keyHash) {
        return session.createNativeQuery("""
                        select fingerprint, body from gateway.idempotency
                        where tenant = :tenant and subject = :subject and key_hash = :key and created_at > :since
                        """, Object[].class)
                .setParameter("tenant", request.tenant())
                .setParameter("subject", request.subject())
                .setParameter("key", keyHash)
                .setParameter("since", now().minus(KEPT))
                .getResultList();
    }

    private Uni<Void> remember(Mutiny.Session session, Repeatable request, String keyHash, Created created) {
        ObjectNode body = mapper.createObjectNode();
        body.put("path", created.path());
        body.set("answer", mapper.valueToTree(created.remembered()));
        return session.createNativeQuery("delete from gateway.idempotency where created_at <= :since")
                .setParameter("since", now().minus(KEPT))
                .executeUpdate()
                .chain(() -> session.createNativeQuery("""
                                insert into gateway.idempotency
                                    (tenant, subject, key_hash, fingerprint, status, body, created_at)
                                values (:tenant, :subject, :key, :fingerprint, :status, :body, :at)
                                """)
                        .setParameter("tenant", request.tenant())
                        .setParameter("subject", request.subject())
                        .setParameter("key", keyHash)
                        .setParameter("fingerprint", sha256(request.content()))
                        .setParameter("status", CREATED)
                        .setParameter("body", body.toString())
                        .setParameter("at", now())
                        .executeUpdate())
                .replaceWithVoid();
    }

    private Response again(Repeatable request, Object[] row) {
        if (!sha256(request.content()).equals(row[0])) {
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE, "this Idempotency-Key was used before, with other content");
        }
        try {
            JsonNode body = mapper.readTree((String) row[1]);
            return Response.status(CREATED)
                    .header("Location", body.path("path").asText())
                    .header("Idempotency-Replayed", "true")
                    .type(MediaType.APPLICATION_JSON)
                    .entity(body.path("answer"))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the row was written as JSON", e);
        }
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static String sha256(@Nullable String text) {
        try {
            byte[] bytes = String.valueOf(text).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
