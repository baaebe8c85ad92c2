package io.pentameter.bench.dialect;

import io.pentameter.bench.measure.ProcessCpu;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What taking in a byte of each dialect costs, in one run: every round sends some megabytes of each, one after the other, so
 * that whatever else the machine does hits all alike.
 */
public final class DialectBench {

    private static final int SENDERS = 4;
    private static final int WARM_UP_ROUNDS = 6;

    /** Requests are made beforehand, so that making them is no part of the rate. */
    private static final int BYTES_A_ROUND = 6_000_000;

    private static final int MOST_REQUESTS = 1_500;
    private static final Duration PAUSE = Duration.ofMillis(1_500);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client;
    private final URI gateway;
    private final String key;
    private final ProcessCpu cpu;
    private final RedactionSwitch redaction;
    private final InstantSource clock;

    /**
     * @param redaction of the tenant whose key it is
     * @param run       directory of the stack's pid files
     */
    public DialectBench(
            HttpClient client, URI gateway, String key, RedactionSwitch redaction, Path run, InstantSource clock) {
        this.redaction = redaction;
        this.client = client;
        this.gateway = gateway;
        this.key = key;
        this.cpu = new ProcessCpu(run);
        this.clock = clock;
    }

    /**
     * One dialect in one round; seconds of processor time are those of the services that take it in.
     *
     * @param postgres of the ingest-service's PostgreSQL
     */
    record Round(long bytes, double seconds, double gateway, double ingest, double postgres) {

        /** Whose processor time is all the ingest-service's. */
        Round(long bytes, double seconds, double ingest) {
            this(bytes, seconds, 0, ingest, 0);
        }

        double bytesPerSecond() {
            return bytes / seconds;
        }

        double cpuSecondsPerMegabyte() {
            return gatewayPerMegabyte() + ingestPerMegabyte() + postgresPerMegabyte();
        }

        double gatewayPerMegabyte() {
            return gateway / bytes * 1e6;
        }

        double ingestPerMegabyte() {
            return ingest / bytes * 1e6;
        }

        double postgresPerMegabyte() {
            return postgres / bytes * 1e6;
        }
    }

    /** Measures so many rounds, after some that warm up, and returns the section of the page. */
    public String run(int rounds, String heading) throws IOException, InterruptedException {
        Map<DialectBody, List<Round>> found = new EnumMap<>(DialectBody.class);
        SplittableRandom random = new SplittableRandom(clock.millis());
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            for (DialectBody dialect : DialectBody.values()) {
                Round measured = round(dialect, random);
                if (round >= 0) {
                    found.computeIfAbsent(dialect, _ -> new ArrayList<>()).add(measured);
                }
                Thread.sleep(PAUSE);
            }
        }
        return DialectSection.text(found, heading);
    }

    private Round round(DialectBody dialect, SplittableRandom random) throws IOException, InterruptedException {
        if (!dialect.isWithoutRedaction()) {
            return measured(dialect, random);
        }
        redaction.off();
        try {
            return measured(dialect, random);
        } finally {
            redaction.back();
        }
    }

    private Round measured(DialectBody dialect, SplittableRandom random) throws IOException, InterruptedException {
        List<byte[]> bodies = new ArrayList<>();
        long bytes = 0;
        while (bytes < BYTES_A_ROUND && bodies.size() < MOST_REQUESTS) {
            byte[] body = dialect.next(random, clock.instant());
            bodies.add(body);
            bytes += body.length;
        }
        ProcessCpu.Usage before = cpu.read();
        long began = System.nanoTime();
        send(dialect, bodies);
        double seconds = (System.nanoTime() - began) / 1e9;
        Map<String, Double> used = cpu.read().since(before);
        return new Round(
                bytes,
                seconds,
                used.getOrDefault("gateway", 0.0),
                used.getOrDefault("ingest-service", 0.0),
                used.getOrDefault("postgresql", 0.0));
    }

    private void send(DialectBody dialect, List<byte[]> bodies) throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> senders = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SENDERS; i++) {
                senders.add(threads.submit(() -> {
                    for (int at = next.getAndIncrement(); at < bodies.size(); at = next.getAndIncrement()) {
                        send(dialect, bodies.get(at));
                    }
                    return null;
                }));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(dialect.title() + " failed", e);
        }
    }

    private void send(DialectBody dialect, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(gateway.resolve(dialect.path()))
                        .timeout(TIMEOUT)
                        .header("Content-Type", dialect.contentType())
                        .header("x-api-key", key)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException("%s: status %d: %s".formatted(dialect.title(), answer.statusCode(), answer.body()));
        }
    }
}
