package io.pentameter.stack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.stack.chaos.Stages.Stage;
import io.pentameter.stack.http.JsonApi;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Prices spans of the past again at half the price, and takes it back, over and over while processes are killed. {@link PastCost} judges
 * what they cost meanwhile. Every call is made again until it is answered.
 */
final class Repricings implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(300);

    /** Between questions whether it is calculated: short, so that the calculation is seen. */
    private static final Duration POLL = Duration.ofMillis(20);

    private static final Set<String> UNDER_WAY = Set.of("queued", "calculating");
    private static final String PATH = "/api/v1/costs/repricings";

    private final Past past;
    private final Stages stages = new Stages();
    private final PastCost cost;
    private final Administrator administrator;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("chaos-repricings").unstarted(this::repeat);
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean ending;

    /** @param administrator for nobody else from the start to the end */
    Repricings(Administrator administrator, JsonApi read, Past past) {
        this.past = past;
        this.cost = new PastCost(read, past, stages);
        this.administrator = administrator;
    }

    /** Waits until the past is billed as expected, halves the prices, and begins. */
    void start() {
        Patience.await(
                "the past to be billed at %s".formatted(past.billed()),
                PAUSE,
                () -> cost.dollars("as_priced_now")
                        .filter(dollars -> dollars.compareTo(past.billed()) == 0)
                        .isPresent());
        new OwnPrices(administrator).halve(past.dayAfter());
        cost.start();
        thread.start();
    }

    /** Where it stands, to strike at it. */
    Stages stages() {
        return stages;
    }

    /** Takes the last one back. */
    void end() {
        ending = true;
        try {
            if (!thread.join(Patience.LIMIT)) {
                cost.fault("a repricing was not done within %d s".formatted(Patience.LIMIT.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Applies one more, which stays. */
    void applyLast() {
        become(Stage.APPLYING, workedOut());
    }

    /** Whether the last one counts, in all and in each trace, and what was billed is what it was. */
    boolean isExactAfterTheLast() {
        expect(past.half(), "as_priced_now", "after the last repricing");
        expect(past.billed(), "as_billed", "as billed, after the last repricing");
        return cost.isHalfEverywhere() && cost.faults().isEmpty();
    }

    List<String> faults() {
        return cost.faults();
    }

    /** How many were applied and reverted, and how often the cost was looked at. */
    String told() {
        return "%d repricings of %,d calls applied and reverted, %s".formatted(done.get(), past.calls(), cost.told());
    }

    @Override
    public void close() {
        ending = true;
        cost.close();
        thread.interrupt();
    }

    private void repeat() {
        try {
            while (!ending) {
                String id = workedOut();
                become(Stage.APPLYING, id);
                expect(past.half(), "as_priced_now", "applied");
                expect(past.billed(), "as_billed", "as billed, applied");
                become(Stage.REVERTING, id);
                expect(past.billed(), "as_priced_now", "reverted");
                done.incrementAndGet();
            }
        } catch (IllegalStateException e) { // the edge of this thread: the run is told of it
            cost.fault(String.valueOf(e.getMessage()));
        }
    }

    /** Orders one, or takes up the one whose order was not answered, and waits for it. */
    private String workedOut() {
        String order =
                "{\"from\": \"%s\", \"to\": \"%s\", \"filters\": [{\"dimension\": \"feature\", \"op\": \"eq\", \"value\": \"%s\"}]}"
                        .formatted(past.from(), past.to(), past.feature());
        stages.become(Stage.ORDERED);
        JsonNode ordered = administrator.asked(
                PAUSE,
                api -> {
                    JsonApi.Answer answer = api.post(PATH, order);
                    return answer.status() == 409 ? underWay(api) : answer;
                },
                answer -> answer.status() == 202 || answer.status() == 200);
        String id = ordered.path("id").asText();
        JsonNode found = administrator.asked(
                POLL,
                api -> state(api, id),
                answer -> answer.status() == 200
                        && !UNDER_WAY.contains(answer.body().path("state").asText()));
        stages.become(Stage.CALCULATED);
        check(found);
        return id;
    }

    private JsonApi.Answer state(JsonApi api, String id) {
        int strikes = stages.strikes();
        JsonApi.Answer answer = api.get(PATH + "/" + id);
        if (answer.status() == 200) {
            String state = answer.body().path("state").asText();
            stages.heard(strikes, UNDER_WAY.contains(state));
            if (state.equals("calculating")) {
                stages.become(Stage.CALCULATING);
            }
        }
        return answer;
    }

    /** One that says to be done must have priced every call. */
    private void check(JsonNode repricing) {
        JsonNode total = repricing.path("report").path("total");
        boolean isWhole = repricing.path("state").asText().equals("calculated")
                && total.path("spans").asLong() == past.calls()
                && isAmount(past.billed(), total.path("before"))
                && isAmount(past.half(), total.path("after"));
        if (!isWhole) {
            throw new IllegalStateException(
                    "a repricing says that it is done, and is not: state %s, report %s, wanted %d calls from %s to %s"
                            .formatted(
                                    repricing.path("state").asText(), total, past.calls(), past.billed(), past.half()));
        }
    }

    private static boolean isAmount(BigDecimal wanted, JsonNode text) {
        return text.isTextual() && new BigDecimal(text.asText()).compareTo(wanted) == 0;
    }

    private static JsonApi.Answer underWay(JsonApi api) {
        for (JsonNode one : api.get(PATH).body().path("repricings")) {
            if (UNDER_WAY.contains(one.path("state").asText())) {
                return new JsonApi.Answer(200, one, Map.of());
            }
        }
        return new JsonApi.Answer(404, JsonApi.nothing(), Map.of());
    }

    /** @param under APPLYING or REVERTING */
    private void become(Stage under, String id) {
        boolean isApplying = under == Stage.APPLYING;
        String state = isApplying ? "applied" : "reverted";
        stages.become(under);
        administrator.asked(
                PAUSE, api -> api.post(PATH + "/" + id + (isApplying ? "/apply" : "/revert"), ""), answer -> {
                    boolean isDone = answer.status() == 200
                            && answer.body().path("state").asText().equals(state);
                    if (isDone) {
                        stages.become(isApplying ? Stage.APPLIED : Stage.REVERTED);
                    }
                    return isDone;
                });
    }

    private void expect(BigDecimal wanted, String basis, String when) {
        AtomicReference<BigDecimal> found = new AtomicReference<>(BigDecimal.ZERO);
        Patience.await("the cost", PAUSE, () -> {
            cost.dollars(basis).ifPresent(found::set);
            return found.get().signum() != 0;
        });
        if (wanted.compareTo(found.get()) != 0) {
            cost.fault("%s: the past costs %s, not %s".formatted(when, found.get(), wanted));
        }
    }
}
