package io.pentameter.bench;

import io.pentameter.bench.load.CanarySpan;
import io.pentameter.bench.load.LoadResult;
import io.pentameter.bench.load.OpenLoop;
import io.pentameter.bench.load.SpanBatch;
import io.pentameter.bench.measure.EngineDisk;
import io.pentameter.bench.measure.Freshness;
import io.pentameter.bench.measure.KafkaCeiling;
import io.pentameter.bench.measure.ProcessCpu;
import io.pentameter.bench.measure.PublicApi;
import io.pentameter.bench.measure.QueryTimes;
import io.pentameter.bench.report.PerformancePage;
import io.pentameter.bench.report.Results;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Measures a running stack through its public door and writes the page of results.
 *
 * <p>Warm-up, a ladder of fixed rates up to the knee, a long run at the highest rate held, a run at half of it for the
 * latencies, query times over what was stored, bytes on disk; before all that the ceiling that the broker gives for the
 * same bytes.
 */
public final class Bench {

    private static final List<Integer> LADDER = List.of(2_000, 4_000, 6_000, 8_000, 10_000, 12_000, 15_000, 18_000);
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final int TRACES_PER_REQUEST = 20;

    private final StackFacts stack;
    private final Duration sustained;
    private final HttpClient client;
    private final InstantSource clock;
    private final OpenLoop load;
    private final PublicApi api;
    private final ProcessCpu cpu;
    private final URI target;

    private Bench(StackFacts stack, Duration sustained, HttpClient client, InstantSource clock) {
        this.stack = stack;
        this.sustained = sustained;
        this.client = client;
        this.clock = clock;
        this.target = stack.gateway().resolve("/v1/traces");
        this.load = new OpenLoop(
                client,
                target,
                stack.require("PENTAMETER_INGEST_KEY"),
                IntStream.range(0, 16)
                        .mapToObj(i -> SpanBatch.of(TRACES_PER_REQUEST, i))
                        .toList(),
                clock);
        this.api = new PublicApi(client, stack.gateway(), stack.require("PENTAMETER_READ_KEY"));
        this.cpu = new ProcessCpu(stack.directory().resolve("run"));
    }

    /** Arguments: directory of the stack, seconds of the long run, file of the page, commit, class path of the broker's tools. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 5) {
            System.err.println("usage: Bench STACK_DIRECTORY SECONDS PAGE COMMIT TOOLS_CLASS_PATH");
            System.exit(2);
        }
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build()) {
            Bench bench = new Bench(
                    StackFacts.read(Path.of(args[0])),
                    Duration.ofSeconds(Long.parseLong(args[1])),
                    client,
                    Clock.systemUTC());
            Results results = bench.run(args[3], args[4]);
            Path page = Path.of(args[2]);
            PerformancePage.write(results, page);
            System.out.println("Results are in " + page);
        }
    }

    private Results run(String commit, String toolsClassPath) throws IOException, InterruptedException {
        Instant began = clock.instant();
        say("Ceiling of the broker");
        KafkaCeiling.Ceiling ceiling = new KafkaCeiling(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        toolsClassPath,
                        stack.require("PENTAMETER_KAFKA_BOOTSTRAP"))
                .measure(500_000, 600);
        say("Warm-up: 60 s at 2,000 spans/s");
        load.run(2_000, Duration.ofMinutes(1), 1);
        List<Results.Step> ladder = ladder();
        double knee = ladder.stream()
                .filter(Results.Step::isHeld)
                .mapToDouble(step -> step.load().intendedRate())
                .max()
                .orElse(1_000);
        drain();
        say("Long run: %d s at %,.0f spans/s".formatted(sustained.toSeconds(), knee));
        Results.Step longRun = step(knee, sustained, 1_000);
        drain();
        say("Half load: 60 s at %,.0f spans/s".formatted(knee / 2));
        Results.Step half = step(knee / 2, Duration.ofMinutes(1), 2_000);
        drain();
        say("Query times");
        Instant end = clock.instant();
        var queries = new QueryTimes(api).measure(began.minusSeconds(60), end);
        long stored = api.query("""
                {"measures":["spans"],"groupBy":[],"filters":[],"from":"%s","to":"%s"}""".formatted(began.minusSeconds(60), end))
                .at("/totals/spans")
                .asLong();
        Map<String, EngineDisk.Table> disk = new EngineDisk(
                        client,
                        URI.create(stack.require("PENTAMETER_CLICKHOUSE_URL")),
                        stack.require("PENTAMETER_CLICKHOUSE_USER"),
                        stack.require("PENTAMETER_CLICKHOUSE_PASSWORD"))
                .tables(stack.require("PENTAMETER_CLICKHOUSE_DATABASE"));
        return new Results(
                began, commit, machine(), ladder, knee, longRun, half, stored, queries, ceiling, disk, cpu.read());
    }

    private List<Results.Step> ladder() throws IOException, InterruptedException {
        List<Results.Step> steps = new ArrayList<>();
        int missed = 0;
        for (int i = 0; i < LADDER.size() && missed < 2; i++) {
            say("Ladder: %,d spans/s".formatted(LADDER.get(i)));
            Results.Step step = step(LADDER.get(i), STEP, 10 + i);
            steps.add(step);
            drain();
            missed = step.isHeld() ? 0 : missed + 1;
        }
        return steps;
    }

    private Results.Step step(double rate, Duration length, long seed) throws IOException, InterruptedException {
        Freshness freshness = new Freshness(
                new CanarySpan(client, target, stack.require("PENTAMETER_INGEST_KEY"), clock),
                api,
                new SplittableRandom(seed * 31));
        Thread looking = Thread.ofPlatform().name("freshness").start(freshness);
        ProcessCpu.Usage before = cpu.read();
        LoadResult result = load.run(rate, length, seed + clock.millis());
        freshness.stop();
        looking.join();
        ProcessCpu.Usage after = cpu.read();
        say("  %,.0f/s acknowledged, p99 %.0f ms, visible p99 %.1f s, %d failed, %d throttled"
                .formatted(
                        result.rate(),
                        result.percentile(99) / 1e6,
                        freshness.delays().getValueAtPercentile(99) / 1e9,
                        result.failed(),
                        result.throttled()));
        return new Results.Step(result, after.since(before), freshness.delays().copy());
    }

    /** Waits until a fresh canary is visible at once: the backlog of the last run must not burden the next. */
    private void drain() throws IOException, InterruptedException {
        CanarySpan canary = new CanarySpan(client, target, stack.require("PENTAMETER_INGEST_KEY"), clock);
        long giveUp = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        SplittableRandom random = new SplittableRandom(clock.millis());
        while (System.nanoTime() < giveUp) {
            String traceId = canary.send(random);
            long acknowledged = System.nanoTime();
            while (System.nanoTime() < giveUp && api.status("/api/v1/traces/" + traceId) != 200) {
                Thread.sleep(Duration.ofMillis(200));
            }
            if (System.nanoTime() - acknowledged < Duration.ofSeconds(3).toNanos()) {
                return;
            }
        }
    }

    private static String machine() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse("processor not known");
        return "%d cores (%s), JDK %s".formatted(Runtime.getRuntime().availableProcessors(), model, Runtime.version());
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
