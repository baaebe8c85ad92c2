package io.pentameter.stack.chaos;

import io.pentameter.stack.otlp.SpanSender.Fate;
import io.pentameter.stack.process.Waiting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Clients that send parcels and, like every good client, send again what was put off, for as long as it takes; some parcels they send
 * again although they were acknowledged, as one does that did not get the answer. At the end each parcel has been acknowledged, or
 * refused for good.
 */
final class Load implements AutoCloseable {

    private static final Duration PACE = Duration.ofMillis(60);
    private static final Duration PUT_OFF = Duration.ofMillis(300);
    private static final int ONE_IN_SO_MANY_SENT_AGAIN = 10;
    private static final Duration END_LIMIT = Duration.ofMinutes(3);

    private final SequencedMap<String, Account> accounts = new LinkedHashMap<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicLong putOff = new AtomicLong();
    private final AtomicLong sentAgain = new AtomicLong();
    private final List<Thread> threads;
    private volatile boolean ending;

    /** What clients of one kind have had acknowledged. */
    private record Account(AtomicInteger deliveries, Queue<Trace> traces) {}

    /** @param sources of several clients; those of one kind are counted together */
    Load(List<Source> sources, long seed) {
        sources.forEach(source ->
                accounts.putIfAbsent(source.client(), new Account(new AtomicInteger(), new ConcurrentLinkedQueue<>())));
        threads = IntStream.range(0, sources.size())
                .mapToObj(i -> Thread.ofPlatform()
                        .daemon()
                        .name("chaos-client-" + i)
                        .unstarted(() -> send(sources.get(i), new SplittableRandom(seed + i))))
                .toList();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Begins nothing new, and returns when all that was begun has its fate. */
    void end() {
        ending = true;
        for (Thread thread : threads) {
            try {
                if (!thread.join(END_LIMIT)) {
                    throw new IllegalStateException(
                            "a delivery was put off for more than %d s".formatted(END_LIMIT.toSeconds()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** The traces of which all was acknowledged, by kind of client. */
    Map<String, List<Trace>> acknowledged() {
        SequencedMap<String, List<Trace>> all = new LinkedHashMap<>();
        accounts.forEach((client, account) -> all.put(client, List.copyOf(account.traces())));
        return all;
    }

    /** How many deliveries were acknowledged, by kind of client; those sent again count once. */
    Map<String, Integer> deliveries() {
        SequencedMap<String, Integer> all = new LinkedHashMap<>();
        accounts.forEach(
                (client, account) -> all.put(client, account.deliveries().get()));
        return all;
    }

    /** Answers after which a client throws its spans away. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** A sentence about what was sent. */
    String told() {
        return "%s deliveries acknowledged, %,d of them sent again all the same, %,d times put off, %d refused"
                .formatted(
                        deliveries().entrySet().stream()
                                .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
                                .collect(Collectors.joining(", ")),
                        sentAgain.get(),
                        putOff.get(),
                        refusals.size());
    }

    @Override
    public void close() {
        ending = true;
        threads.forEach(Thread::interrupt);
    }

    private void send(Source source, SplittableRandom random) {
        while (!ending) {
            deliver(source.client(), source.next(), random);
            Waiting.pause(PACE);
        }
        source.rest().forEach(parcel -> deliver(source.client(), parcel, random));
    }

    private void deliver(String client, Parcel parcel, SplittableRandom random) {
        if (!isTaken(parcel)) {
            return;
        }
        if (random.nextInt(ONE_IN_SO_MANY_SENT_AGAIN) == 0) {
            sentAgain.incrementAndGet();
            if (!isTaken(parcel)) {
                return;
            }
        }
        Account account = accounts.get(client);
        if (account == null) {
            throw new IllegalStateException("nobody is called " + client);
        }
        account.deliveries().incrementAndGet();
        Trace whole = parcel.completes();
        if (whole != null) {
            account.traces().add(whole);
        }
    }

    /** Sends it until it has a fate, and tells whether it was taken in as a whole. */
    private boolean isTaken(Parcel parcel) {
        while (true) {
            switch (parcel.sending().get()) {
                case Fate.Accepted(long refused) -> {
                    if (refused > 0) {
                        refusals.add("%d parts of %s were refused".formatted(refused, parcel.what()));
                    }
                    return refused == 0;
                }
                case Fate.Retry _ -> {
                    putOff.incrementAndGet();
                    Waiting.pause(PUT_OFF);
                }
                case Fate.Refused(int status, String body) -> {
                    refusals.add("%s: status %d %s".formatted(parcel.what(), status, body));
                    return false;
                }
            }
        }
    }
}
