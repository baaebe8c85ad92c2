package io.pentameter.bench.money;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Fills the engine with spans of thirty days, and times questions of cost and a repricing of everything, at sizes that grow.
 *
 * <p>The rollups are those that the product seals. Questions come through the gateway, one after the other.
 */
public final class MoneyBench {

    private static final Duration DAYS = Duration.ofDays(30);
    private static final Duration SETTLED = Duration.ofSeconds(50);
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final int WARM_UP = 2;
    private static final int WARM_UPS_OF_ALL = 10;
    private static final int REPEATS = 20;

    /** A question that takes long is asked less often, but so many times at least, the warm-up with it. */
    private static final int LEAST = 7;

    private static final double MOST_SECONDS = 10;

    private final EngineSql engine;
    private final MoneyApi read;
    private final MoneyApi admin;
    private final String tenant;
    private final InstantSource clock;

    public MoneyBench(EngineSql engine, MoneyApi read, MoneyApi admin, String tenant, InstantSource clock) {
        this.engine = engine;
        this.read = read;
        this.admin = admin;
        this.tenant = tenant;
        this.clock = clock;
    }

    /**
     * What one size gave.
     *
     * @param customers different ones among the spans
     * @param repricing absent if it failed
     */
    record Size(
            long spans,
            long customers,
            double fillSeconds,
            double sealSeconds,
            Map<MoneyQuery, Answers> answers,
            Optional<RepricingRun.Result> repricing) {}

    /**
     * How a question was answered.
     *
     * @param nanos   from question to answer
     * @param failure what came instead of an answer, and ended the asking; empty if nothing did
     */
    record Answers(Histogram nanos, String failure) {}

    /**
     * Runs everything.
     *
     * @param sizes     millions of spans, growing; what is there already is not made again
     * @param customers how many different ones there may be
     * @param soFar     hears the results, as text, after each size
     */
    public void run(List<Long> sizes, long customers, String heading, Consumer<String> soFar)
            throws IOException, InterruptedException {
        SpanFill fill = new SpanFill(engine, tenant, customers);
        Instant to = Instant.ofEpochSecond(clock.instant().getEpochSecond() / 60 * 60 - 20 * 60);
        Instant from = to.minus(DAYS);
        List<Size> results = new ArrayList<>();
        admin.put("/api/v1/costs/dimensions", "{\"dimensions\":[\"team\"]}");
        long have = spans();
        for (int i = 0; i < sizes.size(); i++) {
            long wanted = sizes.get(i) * 1_000_000;
            long began = System.nanoTime();
            if (wanted > have) {
                fill.add(wanted - have, from, to, (int) (clock.millis() / 1000 % 100_000_000) + i);
            }
            double filled = seconds(began);
            have = spans();
            say("%,d spans are there after %.0f s".formatted(have, filled));
            began = System.nanoTime();
            awaitRest();
            double sealed = seconds(began);
            say("sealed after %.0f s".formatted(sealed));
            if (i == 0) {
                warmUp(from, to);
            }
            Map<MoneyQuery, Answers> answers = ask(from, to);
            results.add(new Size(have, customers(), filled, sealed, answers, reprice(from, to)));
            soFar.accept(MoneySection.of(results, heading));
        }
    }

    private long spans() throws IOException, InterruptedException {
        return engine.number("SELECT count() FROM span WHERE tenant = '" + tenant + "'");
    }

    private long customers() throws IOException, InterruptedException {
        return engine.number("SELECT uniqExact(customer) FROM span WHERE tenant = '" + tenant + "'");
    }

    /** Until nothing was sealed for a while, and nothing is being merged. */
    private void awaitRest() throws IOException, InterruptedException {
        Instant since = clock.instant();
        Instant giveUp = since.plus(PATIENCE);
        while (clock.instant().isBefore(giveUp)) {
            Thread.sleep(Duration.ofSeconds(2));
            Instant sealed = Instant.ofEpochSecond(engine.number("SELECT toUnixTimestamp(max(sealed_at)) FROM seal"));
            boolean isQuiet = sealed.plus(SETTLED).isBefore(clock.instant())
                    && since.plus(SETTLED).isBefore(clock.instant());
            if (isQuiet && engine.number("SELECT count() FROM system.merges") == 0) {
                merge();
                return;
            }
        }
        throw new IOException("the rollups were not sealed within " + PATIENCE);
    }

    /** To where the engine's merges lead in time: a bucket that was sealed again has no old rows left. */
    private void merge() throws IOException, InterruptedException {
        String tables = engine.run("SELECT name FROM system.tables WHERE database = currentDatabase()"
                + " AND (name = 'span' OR startsWith(name, 'rollup_'))");
        for (String table : tables.lines().toList()) {
            var _ = engine.run("OPTIMIZE TABLE " + table + " FINAL");
        }
    }

    private Optional<RepricingRun.Result> reprice(Instant from, Instant to) throws InterruptedException {
        try {
            RepricingRun.Result repriced = new RepricingRun(admin).run(from, to);
            say("%,d spans priced again in %.0f s".formatted(repriced.changed(), repriced.seconds()));
            return Optional.of(repriced);
        } catch (IOException e) {
            say("repricing failed: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Processes that have just started answer slower, whatever the size. */
    private void warmUp(Instant from, Instant to) throws InterruptedException {
        for (int i = 0; i < WARM_UPS_OF_ALL; i++) {
            for (MoneyQuery query : MoneyQuery.all()) {
                try {
                    read.post(query.path(), query.body(from, to));
                } catch (IOException e) {
                    say("not answered: " + e.getMessage());
                }
            }
        }
    }

    private Map<MoneyQuery, Answers> ask(Instant from, Instant to) throws InterruptedException {
        Map<MoneyQuery, Answers> answers = new LinkedHashMap<>();
        for (MoneyQuery query : MoneyQuery.all()) {
            Answers given = ask(query, from, to);
            say("  %-45s p50 %6.0f ms, p95 %6.0f ms %s"
                    .formatted(
                            query.title(),
                            given.nanos().getValueAtPercentile(50) / 1e6,
                            given.nanos().getValueAtPercentile(95) / 1e6,
                            given.failure()));
            answers.put(query, given);
        }
        return answers;
    }

    private Answers ask(MoneyQuery query, Instant from, Instant to) throws InterruptedException {
        Histogram nanos = new Histogram(Duration.ofMinutes(2).toNanos(), 3);
        long first = System.nanoTime();
        for (int i = 0; i < WARM_UP + REPEATS && (i < LEAST || seconds(first) < MOST_SECONDS); i++) {
            long began = System.nanoTime();
            try {
                read.post(query.path(), query.body(from, to));
            } catch (IOException e) {
                return new Answers(nanos, String.valueOf(e.getMessage()));
            }
            if (i >= WARM_UP) {
                nanos.recordValue(System.nanoTime() - began);
            }
        }
        return new Answers(nanos, "");
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
