package io.pentameter.stack.demo;

import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.stack.otlp.Otlp;
import io.pentameter.stack.otlp.SpanSender;
import io.pentameter.stack.otlp.SpanSender.Fate;
import io.pentameter.stack.process.Waiting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Sends requests of the made-up company at an even rate until it is closed, and sends again what was put off. */
final class Traffic implements AutoCloseable {

    private static final int REQUESTS_PER_SECOND = 24;
    private static final Duration BEAT = Duration.ofMillis(250);
    private static final int MAX_ATTEMPTS = 20;

    private final SpanSender sender;
    private final InstantSource clock;
    private final TraceMaker maker;
    private final Thread thread;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong givenUp = new AtomicLong();
    private volatile boolean closed;
    private volatile String trouble = "";

    Traffic(SpanSender sender, InstantSource clock, long seed) {
        this.sender = sender;
        this.clock = clock;
        this.maker = new TraceMaker(new SplittableRandom(seed));
        this.thread = Thread.ofPlatform().daemon().name("demo-traffic").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Spans that the gateway has acknowledged. */
    long accepted() {
        return accepted.get();
    }

    /** Spans that were refused, or put off too often. */
    long givenUp() {
        return givenUp.get();
    }

    /** Why the last delivery did not go through; empty if it did. */
    String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long began = System.nanoTime();
        long made = 0;
        deliver(GuideCustomer.calls(clock.instant()));
        while (!closed) {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
            long due = elapsed.toMillis() * REQUESTS_PER_SECOND / 1000;
            // after a pause of the machine or of the gateway there is no use in making up for all of it
            made = Math.max(made, due - REQUESTS_PER_SECOND);
            List<Span> spans = new ArrayList<>();
            Weather weather = Weather.after(elapsed);
            for (; made < due; made++) {
                spans.addAll(maker.make(clock.instant(), weather));
            }
            if (!spans.isEmpty()) {
                deliver(spans);
            }
            Waiting.pause(BEAT);
        }
    }

    private void deliver(List<Span> spans) {
        var request = Otlp.request(TraceMaker.RESOURCE, "acme-llm-client", spans);
        for (int attempt = 1; attempt <= MAX_ATTEMPTS && !closed; attempt++) {
            switch (sender.send(request)) {
                case Fate.Accepted(long refused) -> {
                    accepted.addAndGet(spans.size() - refused);
                    givenUp.addAndGet(refused);
                    trouble = "";
                    return;
                }
                case Fate.Retry(String why) -> {
                    trouble = why;
                    Waiting.pause(Duration.ofMillis(200L * attempt));
                }
                case Fate.Refused(int status, String body) -> {
                    trouble = "status " + status + " " + body;
                    givenUp.addAndGet(spans.size());
                    return;
                }
            }
        }
        givenUp.addAndGet(spans.size());
    }
}
