package io.pentameter.bench.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Sends requests at times fixed beforehand, whether or not earlier ones have been answered.
 *
 * <p>A latency counts from the intended time, not from the time of sending: a closed loop would wait for a slow answer
 * and so leave out just those requests that would have been slow (coordinated omission).
 */
public final class OpenLoop {

    /** Requests that may be unanswered at once; beyond it the sender waits, and the wait counts as latency. */
    static final int MAX_IN_FLIGHT = 512;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client;
    private final URI target;
    private final String key;
    private final List<SpanBatch> batches;
    private final InstantSource clock;

    /**
     * @param target  URL of the OTLP traces route
     * @param key     API key with the scope ingest
     * @param batches sent in turn; all of the same number of spans
     */
    public OpenLoop(HttpClient client, URI target, String key, List<SpanBatch> batches, InstantSource clock) {
        this.client = client;
        this.target = target;
        this.key = key;
        this.batches = List.copyOf(batches);
        this.clock = clock;
    }

    /**
     * Runs at a rate and waits for the last answer.
     *
     * @param spansPerSecond above 0
     * @param seed           for ids; two runs with the same seed would send the same spans
     */
    public LoadResult run(double spansPerSecond, Duration length, long seed) throws InterruptedException {
        double requestsPerSecond = spansPerSecond / batches.getFirst().spans();
        long count = Math.max(1, Math.round(requestsPerSecond * length.toMillis() / 1000.0));
        long gap = Math.round(1e9 / requestsPerSecond);
        ConcurrentHistogram latency =
                new ConcurrentHistogram(Duration.ofMinutes(2).toNanos(), 3);
        latency.setAutoResize(true);
        Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
        AtomicLong acknowledged = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        AtomicLong throttled = new AtomicLong();
        SplittableRandom random = new SplittableRandom(seed);
        long began = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long intended = began + i * gap;
            long wait = intended - System.nanoTime();
            while (wait > 0) {
                LockSupport.parkNanos(wait);
                wait = intended - System.nanoTime();
            }
            inFlight.acquire();
            SpanBatch batch = batches.get((int) (i % batches.size()));
            var _ = client.sendAsync(request(batch.renewed(random, nowNanos())), HttpResponse.BodyHandlers.discarding())
                    .whenComplete((answer, failure) -> {
                        latency.recordValue(Math.max(0, System.nanoTime() - intended));
                        if (failure == null && answer.statusCode() == 200) {
                            acknowledged.addAndGet(batch.spans());
                        } else if (failure == null && (answer.statusCode() == 429 || answer.statusCode() == 503)) {
                            throttled.incrementAndGet();
                        } else {
                            failed.incrementAndGet();
                        }
                        inFlight.release();
                    });
        }
        long sentAll = System.nanoTime();
        inFlight.acquire(MAX_IN_FLIGHT);
        return new LoadResult(
                spansPerSecond,
                count * batches.getFirst().spans(),
                acknowledged.get(),
                throttled.get(),
                failed.get(),
                Duration.ofNanos(sentAll - began),
                Duration.ofNanos(System.nanoTime() - began),
                latency.copy());
    }

    /** Sends one batch now and tells whether it was acknowledged. */
    public boolean sendOne(SpanBatch batch, long seed) throws IOException, InterruptedException {
        return client.send(
                                request(batch.renewed(new SplittableRandom(seed), nowNanos())),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    private long nowNanos() {
        var now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private HttpRequest request(byte[] body) {
        return HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-protobuf")
                .header("x-api-key", key)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }
}
