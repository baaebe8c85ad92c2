package io.pentameter.stack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.stack.http.JsonApi;
import io.pentameter.stack.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Prices spans of the past again at half the price, and takes it back, over and over while processes are killed.
 *
 * <p>Whatever happens, they cost what they were billed, or half of it: any other amount would be a repricing that is half done. What was
 * billed never changes. Every call is made again until it is answered.
 */
final class Repricings implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration TOKEN_LASTS = Duration.ofSeconds(45);
    private static final String OVERRIDES = "/api/v1/prices/overrides";
    private static final String PATH = "/api/v1/costs/repricings";

    private final Chaos.Stack stack;
    private final JsonApi read;
    private final InstantSource clock;
    private final Past past;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("chaos-repricings").unstarted(this::repeat);
    private JsonApi admin = JsonApi.open("");
    private Instant tokenAt = Instant.EPOCH;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean ending;

    /**
     * What is priced again.
     *
     * @param feature of its spans, and of no others
     * @param from    before the first
     * @param to      after the last, a quarter of an hour ago or more
     * @param billed  dollars, worked out beforehand
     */
    record Past(String feature, Instant from, Instant to, BigDecimal billed) {

        BigDecimal half() {
            return billed.divide(BigDecimal.TWO);
        }
    }

    Repricings(Chaos.Stack stack, JsonApi read, InstantSource clock, Past past) {
        this.stack = stack;
        this.read = read;
        this.clock = clock;
        this.past = past;
    }

    /** Waits until the past is billed as expected, halves the prices, and begins. */
    void start() {
        awaited("the past to be billed at %s".formatted(past.billed()), () -> {
            JsonApi.Answer answer = query("current");
            return answer.status() == 200 && dollars(answer).compareTo(past.billed()) == 0;
        });
        asked(api -> api.put(OVERRIDES, "{\"discounts\": [{\"percent\": \"50\"}]}"), answer -> answer.status() == 200);
        thread.start();
    }

    /** Takes the last one back, and returns what was found. */
    List<String> end() {
        ending = true;
        try {
            if (!thread.join(LIMIT)) {
                faults.add("a repricing was not done within %d s".formatted(LIMIT.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return List.copyOf(faults);
    }

    /** Applies one more, which stays. */
    void applyLast() {
        String id = workedOut();
        become("applied", id);
    }

    /** Whether the last one counts, and what was billed is what it was. */
    boolean isExactAfterTheLast() {
        expect(past.half(), cost("current"), "after the last repricing");
        expect(past.billed(), cost("billed"), "as billed, after the last repricing");
        return faults.isEmpty();
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** How many were applied and reverted, and how often the cost was looked at. */
    String told() {
        return "%d repricings applied and reverted, the cost looked at %,d times".formatted(done.get(), looks.get());
    }

    @Override
    public void close() {
        ending = true;
        thread.interrupt();
        admin.close();
    }

    private void repeat() {
        try {
            while (!ending) {
                String id = workedOut();
                become("applied", id);
                expect(past.half(), cost("current"), "applied");
                expect(past.billed(), cost("billed"), "as billed, applied");
                become("reverted", id);
                expect(past.billed(), cost("current"), "reverted");
                done.incrementAndGet();
            }
        } catch (IllegalStateException e) { // the edge of this thread: the run is told of it
            faults.add(String.valueOf(e.getMessage()));
        }
    }

    /** Orders one, or takes up the one whose order was not answered, and waits for it. */
    private String workedOut() {
        String order =
                "{\"from\": \"%s\", \"to\": \"%s\", \"filters\": [{\"dimension\": \"feature\", \"op\": \"eq\", \"value\": \"%s\"}]}"
                        .formatted(past.from(), past.to(), past.feature());
        JsonNode ordered = asked(
                api -> {
                    JsonApi.Answer answer = api.post(PATH, order);
                    return answer.status() == 409 ? underWay(api) : answer;
                },
                answer -> answer.status() == 202 || answer.status() == 200);
        String id = ordered.path("id").asText();
        return asked(api -> api.get(PATH + "/" + id), answer -> {
                    look();
                    return answer.status() == 200
                            && answer.body().path("state").asText().equals("calculated");
                })
                .path("id")
                .asText();
    }

    private static JsonApi.Answer underWay(JsonApi api) {
        for (JsonNode one : api.get(PATH).body().path("repricings")) {
            if (Set.of("queued", "calculating").contains(one.path("state").asText())) {
                return new JsonApi.Answer(200, one, Map.of());
            }
        }
        return new JsonApi.Answer(404, JsonApi.nothing(), Map.of());
    }

    private void become(String state, String id) {
        String act = state.equals("applied") ? "/apply" : "/revert";
        asked(api -> api.post(PATH + "/" + id + act, ""), answer -> {
            look();
            return answer.status() == 200
                    && answer.body().path("state").asText().equals(state);
        });
    }

    /** Whenever it is looked at, the cost is one of the two. */
    private void look() {
        try {
            JsonApi.Answer answer = query("current");
            if (answer.status() == 200) {
                looks.incrementAndGet();
                BigDecimal cost = dollars(answer);
                if (cost.compareTo(past.billed()) != 0 && cost.compareTo(past.half()) != 0) {
                    faults.add("half done: the past cost %s, neither %s nor %s"
                            .formatted(cost, past.billed(), past.half()));
                }
            }
        } catch (UncheckedIOException _) {
            // nobody answers at the moment
        }
    }

    private void expect(BigDecimal wanted, BigDecimal found, String when) {
        if (wanted.compareTo(found) != 0) {
            faults.add("%s: the past costs %s, not %s".formatted(when, found, wanted));
        }
    }

    private BigDecimal cost(String basis) {
        BigDecimal[] found = {BigDecimal.ZERO};
        awaited("the cost", () -> {
            JsonApi.Answer answer = query(basis);
            if (answer.status() == 200) {
                looks.incrementAndGet();
                found[0] = dollars(answer);
            }
            return answer.status() == 200;
        });
        return found[0];
    }

    private static BigDecimal dollars(JsonApi.Answer answer) {
        String text = answer.body().path("totals").path("cost_usd").asText();
        return text.isEmpty() || text.equals("null") ? BigDecimal.ZERO : new BigDecimal(text);
    }

    private JsonApi.Answer query(String basis) {
        return read.post(
                "/api/v1/metrics/query",
                Map.of(
                        "measures", List.of("cost_usd"),
                        "filters", List.of(Map.of("dimension", "feature", "op", "eq", "value", past.feature())),
                        "priceBasis", basis,
                        "from", past.from().toString(),
                        "to", past.to().toString()));
    }

    private JsonNode asked(Function<JsonApi, JsonApi.Answer> question, Predicate<JsonApi.Answer> isGood) {
        JsonNode[] body = {JsonApi.nothing()};
        awaited("a repricing", () -> {
            JsonApi.Answer answer = question.apply(admin());
            body[0] = answer.body();
            return isGood.test(answer);
        });
        return body[0];
    }

    /** @throws IllegalStateException if it takes too long */
    private static void awaited(String what, BooleanSupplier attempt) {
        boolean came = Waiting.until(LIMIT, () -> {
            try {
                return attempt.getAsBoolean();
            } catch (UncheckedIOException _) {
                return false;
            } finally {
                Waiting.pause(PAUSE);
            }
        });
        if (!came) {
            throw new IllegalStateException("waited %d s in vain for %s".formatted(LIMIT.toSeconds(), what));
        }
    }

    /** A person who may change prices, logged in anew before the token ends. */
    private JsonApi admin() {
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
                admin.close();
                admin = JsonApi.withToken(
                        stack.fact("PENTAMETER_URL"),
                        answer.body().path("access_token").asText());
                tokenAt = clock.instant();
            }
        }
        return admin;
    }
}
