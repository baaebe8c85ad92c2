package io.pentameter.bench.money;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Asks for decisions at fixed times, each for some customer. A latency counts from the intended time. */
final class DecisionLoad {

    private static final int MAX_IN_FLIGHT = 512;

    private final HttpClient client;
    private final URI target;
    private final String ingestKey;
    private final long customers;

    DecisionLoad(HttpClient client, URI gateway, String ingestKey, long customers) {
        this.client = client;
        this.target = gateway.resolve("/api/v1/decisions");
        this.ingestKey = ingestKey;
        this.customers = customers;
    }

    /**
     * What came of it.
     *
     * @param failed  answered otherwise than with 200, or not at all
     * @param unknown answered without an amount, because the ledger was not read yet
     * @param latency nanoseconds
     */
    record Result(double rate, long asked, long failed, long unknown, Histogram latency) {

        double millis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1e6;
        }
    }

    /** @param rate decisions a second, above 0 */
    Result run(double rate, Duration length) throws InterruptedException {
        long count = Math.round(rate * length.toMillis() / 1000.0);
        long gap = Math.round(1e9 / rate);
        ConcurrentHistogram latency =
                new ConcurrentHistogram(Duration.ofMinutes(2).toNanos(), 3);
        Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);
        AtomicLong failed = new AtomicLong();
        AtomicLong unknown = new AtomicLong();
        SplittableRandom random = new SplittableRandom(1);
        long began = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long intended = began + i * gap;
            for (long wait = intended - System.nanoTime(); wait > 0; wait = intended - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            inFlight.acquire();
            var _ = client.sendAsync(request(random), HttpResponse.BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> {
                        latency.recordValue(Math.max(0, System.nanoTime() - intended));
                        if (failure != null || answer.statusCode() != 200) {
                            failed.incrementAndGet();
                        } else if (!answer.body().contains("\"spent_usd\"")) {
                            unknown.incrementAndGet();
                        }
                        inFlight.release();
                    });
        }
        inFlight.acquire(MAX_IN_FLIGHT);
        return new Result(rate, count, failed.get(), unknown.get(), latency.copy());
    }

    /** Waits until the counters know what was spent. */
    void awaitCounters() throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(2);
        long giveUp = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (System.nanoTime() < giveUp) {
            String answer = client.send(request(random), HttpResponse.BodyHandlers.ofString())
                    .body();
            if (answer.contains("\"spent_usd\"") && answer.contains("\"stale\":false")) {
                return;
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
        throw new IOException("the counters of the budgets were not ready within three minutes");
    }

    private HttpRequest request(SplittableRandom random) {
        String body = String.format(
                Locale.ROOT,
                "{\"feature\":\"feature-%d\",\"customer\":\"customer-%d\",\"model\":\"gpt-4o\",\"estimated_cost_usd\":\"0.004\"}",
                random.nextInt(12),
                random.nextLong(customers));
        return HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("x-api-key", ingestKey)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
