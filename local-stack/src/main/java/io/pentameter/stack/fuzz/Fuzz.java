package io.pentameter.stack.fuzz;

import io.pentameter.stack.fuzz.Books.Balance;
import io.pentameter.stack.fuzz.Mutant.Sending;
import io.pentameter.stack.http.JsonApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Sends mutants for a while and then says what was found: answers that no client may get, memory that grows, spans that the
 * accounting has lost. The same seed sends the same mutants in about the same order.
 */
public final class Fuzz {

    private static final int SENDERS = 4;
    private static final int MOST_SHOWN = 20;
    private static final int MOST_SHOWN_BYTES = 600;

    /** Of the time, until classes are loaded and caches full, so that growth after it means something. */
    private static final double WARM_UP = 0.25;

    /** More than this on the heap after the warm-up is growth: a tenth of what a service may use. */
    private static final long GROWTH_LIMIT_KIB = 40 * 1024;

    private final Target target;
    private final InstantSource clock;
    private final long seed;
    private final Consumer<String> progress;
    private final Wire wire;
    private final GrpcWire grpc;
    private final ConcurrentHashMap<String, Mutant> findings = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<String, LongAdder> statuses = new ConcurrentSkipListMap<>();
    private final AtomicLong slowestNanos = new AtomicLong();

    /**
     * What is attacked.
     *
     * @param facts     what its {@code demo.env} says; the second tenant is the one that sends
     * @param processes whose memory is watched, by name
     */
    public record Target(Map<String, String> facts, Map<String, ProcessHandle> processes) {

        public Target {
            facts = Map.copyOf(facts);
            processes = Map.copyOf(processes);
        }

        String fact(String name) {
            String value = facts.get(name);
            if (value == null) {
                throw new IllegalStateException("demo.env has no " + name);
            }
            return value;
        }
    }

    public Fuzz(Target target, InstantSource clock, long seed, Consumer<String> progress) {
        this.target = target;
        this.clock = clock;
        this.seed = seed;
        this.progress = progress;
        String key = target.fact("PENTAMETER_SECOND_INGEST_KEY");
        this.wire = new Wire(URI.create(target.fact("PENTAMETER_URL")), key);
        this.grpc = new GrpcWire(URI.create(target.fact("PENTAMETER_GRPC_URL")), key);
    }

    /** Sends for so long and tells whether all was well. */
    public boolean run(Duration time) {
        progress.accept("fuzz: seed %d, %d s".formatted(seed, time.toSeconds()));
        Instant from = clock.instant();
        List<Sample> samples = served(Samples.at(from));
        Mutations mutations = new Mutations(samples, seed);
        AtomicLong next = new AtomicLong();
        long warm = (long) (time.toNanos() * WARM_UP);
        Map<String, Footprint> before;
        boolean isRid;
        try (Lingerers lingerers = new Lingerers(
                wire, samples.stream().filter(sample -> !sample.isGrpc()).toList())) {
            attack(mutations, next, warm);
            before = Footprint.of(target.processes());
            attack(mutations, next, time.toNanos() - warm);
            isRid = time.compareTo(Lingerers.PATIENCE) < 0 || isRidOf(lingerers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Footprint> after = Footprint.of(target.processes());
        progress.accept("fuzz: %,d mutants, statuses %s, slowest answer %.1f s"
                .formatted(next.get(), shown(), slowestNanos.get() / 1e9));
        boolean isSmall = memory(before, after);
        boolean isExact = books(from);
        findings.forEach(this::show);
        return findings.isEmpty() && isRid && isSmall && isExact;
    }

    /** Those that are taken as they are; a route that the gateway does not serve is said and left out. */
    private List<Sample> served(List<Sample> samples) {
        List<Sample> served = new ArrayList<>();
        for (Sample sample : samples) {
            Mutant whole = new Mutant(-1, sample, "as captured", Map.of(), sample.body(), Sending.WHOLE);
            Reply reply = door(sample).send(whole);
            boolean isUnimplemented = reply.header("grpc-status").equals("12");
            if (reply.status() >= 200 && reply.status() < 300 && !isUnimplemented) {
                served.add(sample);
            } else if (isUnimplemented || reply.status() == 404 || reply.status() == 405) {
                progress.accept("fuzz: not served: " + sample);
            } else {
                served.add(sample);
                progress.accept(
                        "fuzz: refused as it is with %d: %s: %s".formatted(reply.status(), sample, reply.text()));
            }
        }
        progress.accept("fuzz: %d of %d samples are served".formatted(served.size(), samples.size()));
        return served;
    }

    private Door door(Sample sample) {
        return sample.isGrpc() ? grpc : wire;
    }

    private boolean isRidOf(Lingerers lingerers) {
        int waiting = lingerers.waiting();
        progress.accept("fuzz: bodies of a byte a second that are still waited for after %d s: %d%s"
                .formatted(Lingerers.PATIENCE.toSeconds(), waiting, waiting == 0 ? "" : ": FAILED"));
        return waiting == 0;
    }

    private void attack(Mutations mutations, AtomicLong next, long nanos) {
        long end = System.nanoTime() + nanos;
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SENDERS; i++) {
                senders.execute(() -> {
                    while (System.nanoTime() < end) {
                        attack(mutations.of(next.getAndIncrement()));
                    }
                });
            }
        }
    }

    private void attack(Mutant mutant) {
        Reply reply = door(mutant.sample()).send(mutant);
        String grpcStatus = reply.header("grpc-status");
        String status = reply.isNone() ? "none" : grpcStatus.isEmpty() ? "" + reply.status() : "grpc " + grpcStatus;
        statuses.computeIfAbsent(status, _ -> new LongAdder()).increment();
        slowestNanos.accumulateAndGet(reply.took().toNanos(), Math::max);
        Judgement.of(mutant, reply).ifPresent(fault -> {
            String finding = fault + ", " + mutant.sample().method() + " "
                    + mutant.sample().path();
            if (findings.size() < MOST_SHOWN && findings.putIfAbsent(finding, mutant) == null) {
                progress.accept("fuzz: FOUND %s: mutant %d, %s: %s"
                        .formatted(finding, mutant.number(), mutant.how(), cut(reply.text())));
                findings.put(finding, new Reducer(door(mutant.sample())).smallest(mutant, fault));
            }
        });
    }

    private boolean memory(Map<String, Footprint> before, Map<String, Footprint> after) {
        boolean isSmall = true;
        for (Map.Entry<String, Footprint> entry : new TreeMap<>(before).entrySet()) {
            Footprint then = entry.getValue();
            Footprint now = after.get(entry.getKey());
            if (now == null) {
                progress.accept("fuzz: FAILED: " + entry.getKey() + " has ended");
                isSmall = false;
                continue;
            }
            boolean grows = now.heapKib() - then.heapKib() > GROWTH_LIMIT_KIB;
            isSmall &= !grows;
            progress.accept("fuzz: %s: heap after collection %d MiB, was %d; resident %d MiB, was %d%s"
                    .formatted(
                            entry.getKey(),
                            now.heapKib() / 1024,
                            then.heapKib() / 1024,
                            now.rssKib() / 1024,
                            then.rssKib() / 1024,
                            grows ? ": FAILED, it grows" : ""));
        }
        return isSmall;
    }

    private boolean books(Instant from) {
        try (JsonApi read = JsonApi.withKey(target.fact("PENTAMETER_URL"), target.fact("PENTAMETER_SECOND_READ_KEY"))) {
            Balance balance = new Books(read, clock, from.minusSeconds(60)).settled();
            progress.accept(
                    "fuzz: spans received %,d, refused %,d, accepted %,d = stored %,d + duplicates %,d + dropped %,d + pending %,d%s"
                            .formatted(
                                    balance.received(),
                                    balance.refused(),
                                    balance.accepted(),
                                    balance.stored(),
                                    balance.duplicates(),
                                    balance.dropped(),
                                    balance.pending(),
                                    balance.isExact() ? "" : ": FAILED"));
            return balance.isExact();
        }
    }

    private void show(String finding, Mutant smallest) {
        progress.accept("fuzz: FAILED: %s, mutant %d (%s), %s, headers %s, smallest body of %d bytes, base64: %s"
                .formatted(
                        finding,
                        smallest.number(),
                        smallest.how(),
                        smallest.sending(),
                        smallest.headers(),
                        smallest.body().length,
                        cut(Base64.getEncoder().encodeToString(smallest.body()))));
    }

    private String shown() {
        Map<String, Long> counts = new TreeMap<>();
        statuses.forEach((status, count) -> counts.put(status, count.sum()));
        return counts.toString();
    }

    private static String cut(String text) {
        return text.length() <= MOST_SHOWN_BYTES ? text : text.substring(0, MOST_SHOWN_BYTES) + "…";
    }
}
