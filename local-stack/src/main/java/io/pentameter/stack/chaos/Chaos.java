package io.pentameter.stack.chaos;

import io.pentameter.stack.http.JsonApi;
import io.pentameter.stack.otlp.SpanSender;
import io.pentameter.stack.process.Component;
import io.pentameter.stack.process.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Kills one process after the other with SIGKILL while clients send, starts each again, and then compares: nothing that
 * was acknowledged may be lost, and nothing counted twice.
 */
public final class Chaos {

    static final int OTLP_CLIENTS = 3;

    /** Of sentences about what is wrong. */
    static final int MOST_SHOWN = 20;

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration TOLD_LIMIT = Duration.ofSeconds(30);
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);

    /** Deliveries of each kind of client after which clients are served again. */
    private static final int RECOVERED_DELIVERIES = 10;

    /** So long ago that it is another day all of an hour later too: the prices of today stay as they are. */
    private static final Duration PAST_AGE = Duration.ofHours(26);

    private static final int PAST_DELIVERIES = 120;
    private static final int PAST_SPANS = 500;
    private static final int MOST_MISSED = 3;

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
        String url = stack.fact("PENTAMETER_URL");
        String key = stack.fact("PENTAMETER_INGEST_KEY");
        try (SpanSender otlp = new SpanSender(url, key);
                VendorSender vendors = new VendorSender(url, key);
                JsonApi read = JsonApi.withKey(url, stack.fact("PENTAMETER_READ_KEY"));
                Load load = new Load(sources(otlp, vendors, run), random.nextLong());
                Administrator administrator = new Administrator(stack, clock);
                Repricings repricings = new Repricings(administrator, read, past(otlp, run, administrator))) {
            repricings.start();
            load.start();
            Waiting.pause(WARM_UP);
            boolean isStruck = torment(rounds, load, new Strikes(repricings.stages(), random.split()));
            load.end();
            progress.accept("chaos: " + load.told());
            load.refusals().stream().limit(MOST_SHOWN).forEach(progress);
            repricings.end();
            repricings.applyLast();
            boolean isPricedAtOnce = repricings.isExactAfterTheLast();
            boolean isExact = new Reckoning(read, run, from, progress)
                    .isExact(load.acknowledged(), clock.instant(), stack.settled());
            boolean isPriced = repricings.isExactAfterTheLast() && isPricedAtOnce;
            progress.accept("chaos: " + repricings.told());
            progress.accept("chaos: killed within a repricing: "
                    + (repricings.stages().told().isEmpty()
                            ? "nobody"
                            : repricings.stages().told()));
            progress.accept(
                    isPriced
                            ? "chaos: as billed and as priced now exact to the last digit, at once and from sealed rollups"
                            : "chaos: amounts are wrong");
            repricings.faults().stream().limit(MOST_SHOWN).forEach(progress);
            new OwnPrices(administrator).clear();
            return isStruck && isExact && isPriced && load.refusals().isEmpty();
        }
    }

    private List<Source> sources(SpanSender otlp, VendorSender vendors, String run) {
        List<Source> sources = new ArrayList<>();
        Groups groups = new Groups(run, OtlpSource.CLIENT);
        for (int i = 0; i < OTLP_CLIENTS; i++) {
            sources.add(new OtlpSource(otlp, clock, run, groups, random.split()));
        }
        for (Vendor vendor : Vendor.values()) {
            sources.add(new VendorSource(vendor, vendors, clock, new Groups(run, vendor.client()), random.split()));
        }
        return sources;
    }

    /** Sends spans of another day, for {@link Repricings}. */
    private Past past(SpanSender sender, String run, Administrator administrator) {
        new OwnPrices(administrator).clear();
        Instant at = clock.instant().truncatedTo(ChronoUnit.MINUTES).minus(PAST_AGE);
        String feature = run + "-past";
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < PAST_DELIVERIES; i++) {
            Delivery delivery =
                    Delivery.make(random, at.plusSeconds(i), feature, Trace.prefix(run, "past") + i, PAST_SPANS);
            if (!Waiting.until(
                    RECOVERY_LIMIT, () -> sender.send(delivery.request()) instanceof SpanSender.Fate.Accepted)) {
                throw new IllegalStateException("the spans of the past were not acknowledged");
            }
            traces.add(delivery.trace());
        }
        return new Past(feature, at.minusSeconds(60), at.plusSeconds(3600), traces);
    }

    /** So many rounds, and some more for whom no kill hit a repricing; false if none did. */
    private boolean torment(int rounds, Load load, Strikes strikes) {
        for (int round = 1; round <= rounds; round++) {
            round(round, victims.next(), load, strikes);
        }
        for (int more = 1; more <= MOST_MISSED && isMissed(strikes); more++) {
            int number = rounds + more;
            String missed = strikes.missed().iterator().next();
            stack.components().stream()
                    .filter(component -> component.name().equals(missed))
                    .forEach(component -> round(number, component, load, strikes));
        }
        strikes.missed().forEach(missed -> progress.accept("chaos: no kill of %s hit a repricing".formatted(missed)));
        return strikes.missed().isEmpty();
    }

    /** Whether a repricing was never hit, which is not known before the store and those who ask it are back. */
    private static boolean isMissed(Strikes strikes) {
        return !Waiting.until(TOLD_LIMIT, () -> strikes.missed().isEmpty());
    }

    private void round(int round, Component victim, Load load, Strikes strikes) {
        Waiting.pause(Duration.ofMillis(500 + random.nextInt(3000)));
        long pid = victim.handle().pid();
        String when = strikes.kill(victim);
        long killed = System.nanoTime();
        Waiting.pause(Duration.ofMillis(random.nextInt(2500)));
        stack.restart().accept(victim);
        Map<String, Integer> before = load.deliveries();
        boolean recovered = Waiting.until(RECOVERY_LIMIT, () -> isServed(before, load.deliveries()));
        if (!recovered) {
            throw new IllegalStateException("%d s after %s was started again not all are served: %s, before %s"
                    .formatted(RECOVERY_LIMIT.toSeconds(), victim.name(), load.deliveries(), before));
        }
        stack.components().stream()
                .filter(component -> !component.isAlive())
                .findFirst()
                .ifPresent(component -> {
                    throw new IllegalStateException("%s ended by itself when %s was killed; its log is %s"
                            .formatted(component.name(), victim.name(), component.log()));
                });
        progress.accept("chaos: round %d, killed %s (process %d)%s, clients served again after %.1f s, %,d deliveries"
                .formatted(
                        round,
                        victim.name(),
                        pid,
                        when,
                        (System.nanoTime() - killed) / 1e9,
                        load.deliveries().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum()));
    }

    private static boolean isServed(Map<String, Integer> before, Map<String, Integer> now) {
        return now.entrySet().stream()
                .allMatch(
                        client -> client.getValue() >= before.getOrDefault(client.getKey(), 0) + RECOVERED_DELIVERIES);
    }
}
