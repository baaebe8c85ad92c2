package io.pentameter.bench.measure;

import io.pentameter.bench.load.CanarySpan;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * How long after its acknowledgement a span is found by a query: one canary a second, looked for until it is there.
 *
 * <p>The resolution is {@link #LOOK_EVERY}. A canary that is not found in {@link #GIVE_UP} counts as that long.
 */
public final class Freshness implements Runnable {

    static final Duration LOOK_EVERY = Duration.ofMillis(100);
    static final Duration GIVE_UP = Duration.ofMinutes(1);

    private final CanarySpan canary;
    private final PublicApi api;
    private final SplittableRandom random;
    private final Histogram delays = new Histogram(Duration.ofMinutes(2).toNanos(), 3);
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean isStopping;

    public Freshness(CanarySpan canary, PublicApi api, SplittableRandom random) {
        this.canary = canary;
        this.api = api;
        this.random = random;
    }

    @Override
    public void run() {
        try {
            while (!isStopping) {
                long began = System.nanoTime();
                look();
                long left = Duration.ofSeconds(1).toNanos() - (System.nanoTime() - began);
                if (left > 0) {
                    Thread.sleep(Duration.ofNanos(left));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the run after the canary at hand. */
    public void stop() {
        isStopping = true;
    }

    /** Nanoseconds from acknowledgement to first sight. Read it when the run has ended. */
    public Histogram delays() {
        return delays;
    }

    /** Canaries that were not acknowledged. */
    public long failures() {
        return failures.get();
    }

    private void look() throws InterruptedException {
        try {
            String traceId = canary.send(random);
            long acknowledged = System.nanoTime();
            long now = acknowledged;
            while (now - acknowledged < GIVE_UP.toNanos() && api.status("/api/v1/traces/" + traceId) != 200) {
                Thread.sleep(LOOK_EVERY);
                now = System.nanoTime();
            }
            delays.recordValue(System.nanoTime() - acknowledged);
        } catch (IOException e) {
            failures.incrementAndGet();
        }
    }
}
