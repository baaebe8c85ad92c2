package io.pentameter.stack.chaos;

import io.pentameter.stack.chaos.Comparison.Finding;
import io.pentameter.stack.http.JsonApi;
import io.pentameter.stack.otlp.SpanSender;
import io.pentameter.stack.process.Component;
import io.pentameter.stack.process.Waiting;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Kills one process after the other with SIGKILL while clients send, starts each again, and then compares: nothing that
 * was acknowledged may be lost, and nothing counted twice.
 */
public final class Chaos {

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(3);
    private static final int RECOVERED_DELIVERIES = 20;
    private static final int PAST_DELIVERIES = 60;

    private final Stack stack;
    private final InstantSource clock;
    private final Consumer<String> progress;
    private final SplittableRandom random;
    private final Victims<Component> victims;

    /**
     * What is tormented.
     *
     * @param facts      what its {@code demo.env} says
     * @param components the processes that may be killed
     * @param restart    starts one of them again
     * @param settled    how long after the last span rollups of all of them are sealed
     */
    public record Stack(
            Map<String, String> facts, List<Component> components, Consumer<Component> restart, Duration settled) {

        String fact(String name) {
            String value = facts.get(name);
            if (value == null) {
                throw new IllegalStateException("demo.env has no " + name);
            }
            return value;
        }
    }

    /** Chaos with the seed of its choices, which is shown so that a run can be repeated. */
    public Chaos(Stack stack, InstantSource clock, long seed, Consumer<String> progress) {
        this.stack = stack;
        this.clock = clock;
        this.progress = progress;
        this.random = new SplittableRandom(seed);
        this.victims = new Victims<>(stack.components(), seed);
        progress.accept("chaos: seed " + seed);
    }

    /** Runs so many rounds and tells whether all was well. */
    public boolean run(int rounds) {
        Instant from = clock.instant().truncatedTo(ChronoUnit.MINUTES).minusSeconds(60);
        String run = "chaos-" + clock.millis();
        try (SpanSender sender = new SpanSender(stack.fact("PENTAMETER_URL"), stack.fact("PENTAMETER_INGEST_KEY"));
                Load load = new Load(sender, clock, run, random.nextLong());
                JsonApi read = JsonApi.withKey(stack.fact("PENTAMETER_URL"), stack.fact("PENTAMETER_READ_KEY"));
                Repricings repricings = new Repricings(stack, read, clock, past(sender, run))) {
            repricings.start();
            load.start();
            Waiting.pause(WARM_UP);
            for (int round = 1; round <= rounds; round++) {
                round(round, load);
            }
            load.end();
            progress.accept("chaos: %,d deliveries of %d spans acknowledged, %,d times put off, %d refused"
                    .formatted(
                            load.acknowledgedCount(),
                            Delivery.SPANS,
                            load.putOff(),
                            load.refusals().size()));
            load.refusals().stream().limit(RECOVERED_DELIVERIES).forEach(progress);
            repricings.end();
            progress.accept("chaos: " + repricings.told());
            repricings.applyLast();
            boolean isPricedAtOnce = repricings.isExactAfterTheLast();
            boolean isExact = isExact(new Comparison(read, run, from), load.acknowledged());
            boolean isPricedSealed = repricings.isExactAfterTheLast();
            progress.accept(
                    isPricedAtOnce && isPricedSealed
                            ? "chaos: as billed and as priced now exact to the last digit, at once and from sealed rollups"
                            : "chaos: amounts are wrong");
            repricings.faults().stream().limit(RECOVERED_DELIVERIES).forEach(progress);
            return isExact
                    && isPricedAtOnce
                    && isPricedSealed
                    && load.refusals().isEmpty();
        }
    }

    /** Sends spans of two hours ago, for {@link Repricings}. */
    private Repricings.Past past(SpanSender sender, String run) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofHours(2));
        long nano = 0;
        for (int i = 0; i < PAST_DELIVERIES; i++) {
            Delivery delivery = Delivery.make(random, at.plusSeconds(i), run + "-past", "past");
            if (!Waiting.until(
                    RECOVERY_LIMIT, () -> sender.send(delivery.request()) instanceof SpanSender.Fate.Accepted)) {
                throw new IllegalStateException("the spans of the past were not acknowledged");
            }
            nano += delivery.nano();
        }
        return new Repricings.Past(
                run + "-past", at.minusSeconds(60), at.plusSeconds(3600), BigDecimal.valueOf(nano, 9));
    }

    private void round(int round, Load load) {
        Component victim = victims.next();
        Waiting.pause(Duration.ofMillis(500 + random.nextInt(3000)));
        long pid = victim.handle().pid();
        victim.kill();
        long killed = System.nanoTime();
        Waiting.pause(Duration.ofMillis(random.nextInt(2500)));
        stack.restart().accept(victim);
        int before = load.acknowledgedCount();
        boolean recovered =
                Waiting.until(RECOVERY_LIMIT, () -> load.acknowledgedCount() >= before + RECOVERED_DELIVERIES);
        if (!recovered) {
            throw new IllegalStateException("no delivery is acknowledged %d s after %s was started again"
                    .formatted(RECOVERY_LIMIT.toSeconds(), victim.name()));
        }
        stack.components().stream()
                .filter(component -> !component.isAlive())
                .findFirst()
                .ifPresent(component -> {
                    throw new IllegalStateException("%s ended by itself when %s was killed; its log is %s"
                            .formatted(component.name(), victim.name(), component.log()));
                });
        progress.accept("chaos: round %d, killed %s (process %d), clients served again after %.1f s, %,d deliveries"
                .formatted(round, victim.name(), pid, (System.nanoTime() - killed) / 1e9, load.acknowledgedCount()));
    }

    private boolean isExact(Comparison comparison, List<Delivery> deliveries) {
        long sent = (long) deliveries.size() * Delivery.SPANS;
        Instant to = clock.instant().plusSeconds(120).truncatedTo(ChronoUnit.MINUTES);
        boolean drained = Waiting.until(DRAIN_LIMIT, () -> {
            Waiting.pause(Duration.ofSeconds(1));
            return comparison.stored(to) >= sent;
        });
        progress.accept(drained ? "chaos: drained" : "chaos: not drained within " + DRAIN_LIMIT.toSeconds() + " s");
        Finding now = comparison.compare(deliveries, to);
        show("at once", now);
        progress.accept("chaos: waiting %d s until the rollups are sealed"
                .formatted(stack.settled().toSeconds()));
        Waiting.pause(stack.settled());
        Finding sealed = comparison.compare(deliveries, to);
        show("from sealed rollups", sealed);
        return now.isExact() && sealed.isExact();
    }

    private void show(String when, Finding finding) {
        progress.accept("chaos: %s: acknowledged %,d, stored %,d, lost %,d, double %,d"
                .formatted(when, finding.acknowledged(), finding.stored(), finding.lost(), finding.twice()));
        finding.shown().forEach(line -> progress.accept("  " + line));
    }
}
