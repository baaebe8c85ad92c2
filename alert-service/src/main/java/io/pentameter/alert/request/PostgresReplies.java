package io.pentameter.alert.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates that a caller may repeat: the same {@code Idempotency-Key} with the same request gets the first answer again.
 *
 * <p>The key is written in the transaction of the create, so a second request that comes while the first is under way
 * waits for it, and one whose first failed is done afresh. Keys are forgotten after a day.
 */
@ApplicationScoped
public class PostgresReplies {

    /** Longest key. */
    public static final int MAX_KEY_LENGTH = 255;

    private static final Duration MEMORY = Duration.ofDays(1);

    private final ObjectMapper json;
    private final InstantSource clock;

    PostgresReplies(ObjectMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    /**
     * The answer to a create.
     *
     * @param key     the caller's key; without one the create is simply done
     * @param request route and body, to tell a repeat from another request with the same key
     * @param create  makes the thing and returns its view
     * @throws ProblemException 422 if the key came with another request before
     */
    public Response created(PostgresTransaction transaction, Key key, Object request, Supplier<Object> create) {
        String value = key.value();
        if (value == null) {
            return answer(write(create.get()));
        }
        String fingerprint = hash(key.route() + "\n" + write(request));
        int isNew = transaction.executeSql(
                """
                insert into reply (tenant, reply_key, request, created_at) values (:tenant, :key, :request, :now)
                on conflict do nothing""", Map.of("tenant", key.tenant(), "key", value, "request", fingerprint, "now", clock.instant()));
        if (isNew == 0) {
            return repeated(transaction, key, value, fingerprint);
        }
        String body = write(create.get());
        transaction.executeSql(
                "update reply set status = 201, body = :body where tenant = :tenant and reply_key = :key",
                Map.of("body", body, "tenant", key.tenant(), "key", value));
        return answer(body);
    }

    /** Forgets answers that nobody will ask for again. */
    public void forget(PostgresTransaction transaction, Instant now) {
        transaction.executeSql("delete from reply where created_at < :before", Map.of("before", now.minus(MEMORY)));
    }

    /**
     * @param value absent if the caller sent none; a structured-field string may keep its quotes
     */
    public record Key(String tenant, String route, @Nullable String value) {

        public Key {
            if (value != null && (value.isBlank() || value.length() > MAX_KEY_LENGTH || value.indexOf('\0') >= 0)) {
                throw ProblemException.invalid(
                        "Idempotency-Key",
                        "Idempotency-Key must have 1 to %d characters: %d".formatted(MAX_KEY_LENGTH, value.length()));
            }
        }
    }

    private static Response repeated(PostgresTransaction transaction, Key key, String value, String fingerprint) {
        String body = transaction
                .listSql(String.class, """
                        select body from reply
                        where tenant = :tenant and reply_key = :key and request = :request""", Map.of("tenant", key.tenant(), "key", value, "request", fingerprint))
                .stream()
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.UNPROCESSABLE,
                        "this Idempotency-Key came with another request before; use a new one: " + value));
        return answer(body);
    }

    private static Response answer(String body) {
        return Response.status(Response.Status.CREATED)
                .type("application/json")
                .entity(body)
                .build();
    }

    private String write(Object view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a view that is not JSON", e);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
