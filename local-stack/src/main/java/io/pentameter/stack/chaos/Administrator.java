package io.pentameter.stack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.stack.http.JsonApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/** A person who may change prices, logged in anew before the token ends. For one thread. */
final class Administrator implements AutoCloseable {

    private static final Duration TOKEN_LASTS = Duration.ofSeconds(45);

    private final Chaos.Stack stack;
    private final InstantSource clock;
    private JsonApi api = JsonApi.open("");
    private Instant tokenAt = Instant.EPOCH;

    Administrator(Chaos.Stack stack, InstantSource clock) {
        this.stack = stack;
        this.clock = clock;
    }

    /**
     * Asks again and again until the answer is good.
     *
     * @return the body
     * @throws IllegalStateException if it takes too long
     */
    JsonNode asked(Duration pause, Function<JsonApi, JsonApi.Answer> question, Predicate<JsonApi.Answer> isGood) {
        AtomicReference<JsonNode> body = new AtomicReference<>(JsonApi.nothing());
        Patience.await("a good answer", pause, () -> {
            JsonApi.Answer answer = question.apply(api());
            body.set(answer.body());
            return isGood.test(answer);
        });
        return body.get();
    }

    /** @throws UncheckedIOException if nobody gives a token at the moment */
    private JsonApi api() {
        if (tokenAt.plus(TOKEN_LASTS).isBefore(clock.instant())) {
            try (JsonApi door = JsonApi.open(stack.fact("PENTAMETER_OIDC_TOKEN_URL"))) {
                JsonApi.Answer answer = door.form(
                        "",
                        Map.of(
                                "grant_type", "password",
                                "client_id", stack.fact("PENTAMETER_CLI_CLIENT"),
                                "username", stack.fact("PENTAMETER_ADMIN_USER"),
                                "password", stack.fact("PENTAMETER_ADMIN_PASSWORD")));
                if (answer.status() != 200) {
                    throw new UncheckedIOException(new IOException("no token, status " + answer.status()));
                }
                api.close();
                api = JsonApi.withToken(
                        stack.fact("PENTAMETER_URL"),
                        answer.body().path("access_token").asText());
                tokenAt = clock.instant();
            }
        }
        return api;
    }

    @Override
    public void close() {
        api.close();
    }
}
