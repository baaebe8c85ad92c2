package io.pentameter.stack.chaos;

import io.pentameter.stack.otlp.SpanSender;
import io.pentameter.stack.otlp.SpanSender.Fate;
import io.pentameter.stack.process.Waiting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Clients that send deliveries and, like every good client, send again what was put off, for as long as it takes. At the
 * end each delivery has been acknowledged, or refused for good.
 */
final class Load implements AutoCloseable {

    private static final int CLIENTS = 3;
    private static final Duration PACE = Duration.ofMillis(60);
    private static final Duration PUT_OFF = Duration.ofMillis(300);
    private static final int DELIVERIES_OF_GROUP = 50;
    private static final Duration END_LIMIT = Duration.ofMinutes(3);

    private final SpanSender sender;
    private final InstantSource clock;
    private final String run;
    private final Queue<Delivery> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicLong putOff = new AtomicLong();
    private final AtomicInteger made = new AtomicInteger();
    private final List<Thread> clients;
    private volatile boolean ending;

    Load(SpanSender sender, InstantSource clock, String run, long seed) {
        this.sender = sender;
        this.clock = clock;
        this.run = run;
        this.clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> Thread.ofPlatform()
                        .daemon()
                        .name("chaos-client-" + i)
                        .unstarted(() -> send(new SplittableRandom(seed + i))))
                .toList();
    }

    void start() {
        clients.forEach(Thread::start);
    }

    /** Makes nothing new, and returns when all that was made has its fate. */
    void end() {
        ending = true;
        for (Thread client : clients) {
            try {
                if (!client.join(END_LIMIT)) {
                    throw new IllegalStateException(
                            "a delivery was put off for more than %d s".formatted(END_LIMIT.toSeconds()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    List<Delivery> acknowledged() {
        return List.copyOf(acknowledged);
    }

    int acknowledgedCount() {
        return acknowledged.size();
    }

    /** Answers after which a client throws its spans away. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** How often a delivery had to be sent again. */
    long putOff() {
        return putOff.get();
    }

    @Override
    public void close() {
        ending = true;
        clients.forEach(Thread::interrupt);
    }

    private void send(SplittableRandom random) {
        while (!ending) {
            String group = "group-" + made.getAndIncrement() / DELIVERIES_OF_GROUP;
            deliver(Delivery.make(random, clock.instant(), run, group));
            Waiting.pause(PACE);
        }
    }

    private void deliver(Delivery delivery) {
        while (true) {
            switch (sender.send(delivery.request())) {
                case Fate.Accepted(long refused) -> {
                    if (refused > 0) {
                        refusals.add("%d spans of trace %s were refused".formatted(refused, delivery.traceId()));
                    } else {
                        acknowledged.add(delivery);
                    }
                    return;
                }
                case Fate.Retry _ -> {
                    putOff.incrementAndGet();
                    Waiting.pause(PUT_OFF);
                }
                case Fate.Refused(int status, String body) -> {
                    refusals.add("trace %s: status %d %s".formatted(delivery.traceId(), status, body));
                    return;
                }
            }
        }
    }
}
