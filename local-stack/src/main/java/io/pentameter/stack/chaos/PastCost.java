package io.pentameter.stack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.stack.chaos.Stages.Step;
import io.pentameter.stack.http.JsonApi;
import io.pentameter.stack.process.Waiting;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks all the time at what the past costs, and judges it by what goes on: what was billed until a repricing is applied, half of it
 * from when that is answered; in between one or the other, and once the new one never the old one again. Any other amount is a repricing
 * that is half done.
 */
final class PastCost implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int MOST_FAULTS = 1000;

    private final JsonApi read;
    private final Past past;
    private final Stages stages;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger looksWithin = new AtomicInteger();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("chaos-past").unstarted(this::watch);
    private Step turnedIn = new Step(-1, Stages.Stage.REVERTED);
    private volatile boolean ending;

    PastCost(JsonApi read, Past past, Stages stages) {
        this.read = read;
        this.past = past;
        this.stages = stages;
    }

    void start() {
        thread.start();
    }

    /** What it costs now, by a basis of prices; empty if nobody answers. */
    Optional<BigDecimal> dollars(String basis) {
        try {
            JsonApi.Answer answer = read.post(
                    "/api/v1/metrics/query",
                    Map.of(
                            "measures", List.of("cost_usd"),
                            "filters", List.of(Map.of("dimension", "feature", "op", "eq", "value", past.feature())),
                            "priceBasis", basis,
                            "from", past.from().toString(),
                            "to", past.to().toString()));
            if (answer.status() != 200) {
                return Optional.empty();
            }
            JsonNode dollars = answer.body().path("totals").path("cost_usd");
            return Optional.of(dollars.isTextual() ? new BigDecimal(dollars.asText()) : BigDecimal.ZERO);
        } catch (UncheckedIOException _) {
            return Optional.empty();
        }
    }

    /** Whether every trace costs half of what was billed, and was billed what it was. */
    boolean isHalfEverywhere() {
        long wrong = past.traces().stream().filter(trace -> !isHalf(trace)).count();
        if (wrong > 0) {
            fault("%d traces of the past do not cost half".formatted(wrong));
        }
        return wrong == 0;
    }

    /** Notes what is wrong; of many the first. */
    void fault(String sentence) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(sentence);
        }
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /** How often the cost was looked at, as a sentence's part. */
    String told() {
        return "the cost looked at %,d times, %,d of them while one was applied or taken back"
                .formatted(looks.get(), looksWithin.get());
    }

    @Override
    public void close() {
        ending = true;
        thread.interrupt();
    }

    private void watch() {
        try {
            while (!ending) {
                Step before = stages.now();
                Optional<BigDecimal> cost = dollars("as_priced_now");
                Step after = stages.now();
                cost.ifPresent(amount -> judge(amount, before, after));
                Waiting.pause(PAUSE);
            }
        } catch (IllegalStateException e) { // the edge of this thread: the run is told of it
            if (!ending) {
                fault(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Judges an answer that was asked for at one step and came at another, or the same. */
    void judge(BigDecimal cost, Step before, Step after) {
        looks.incrementAndGet();
        boolean isBilled = cost.compareTo(past.billed()) == 0;
        boolean isHalf = cost.compareTo(past.half()) == 0;
        if (!isBilled && !isHalf) {
            fault("half done: the past cost %s, neither %s nor %s".formatted(cost, past.billed(), past.half()));
            return;
        }
        if (!before.equals(after)) {
            return;
        }
        boolean isWrong = switch (before.stage()) {
            case ORDERED, CALCULATING, CALCULATED, REVERTED -> isHalf;
            case APPLIED -> isBilled;
            case APPLYING -> isBackAgain(before, isHalf);
            case REVERTING -> isBackAgain(before, isBilled);
        };
        if (isWrong) {
            fault("%s: the past cost %s".formatted(before.stage(), cost));
        }
    }

    private boolean isBackAgain(Step step, boolean isNew) {
        looksWithin.incrementAndGet();
        if (isNew) {
            turnedIn = step;
        }
        return !isNew && turnedIn.equals(step);
    }

    private boolean isHalf(Trace trace) {
        JsonNode body = read.get("/api/v1/traces/" + trace.traceId()).body();
        long billed = trace.amounts().nano();
        return Amounts.nano(body.path("costUsd")) == billed / 2 && Amounts.nano(body.path("billedCostUsd")) == billed;
    }
}
