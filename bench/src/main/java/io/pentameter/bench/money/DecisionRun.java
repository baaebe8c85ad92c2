package io.pentameter.bench.money;

import io.pentameter.bench.load.OpenLoop;
import io.pentameter.bench.load.SpanBatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Decisions through the gateway, under a budget of all and one of each customer, while spans flow. */
public final class DecisionRun {

    private static final List<Double> RATES = List.of(100.0, 500.0);
    private static final double SPANS_PER_SECOND = 1_000;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration LENGTH = Duration.ofSeconds(30);

    private final MoneyApi admin;
    private final DecisionLoad decisions;
    private final OpenLoop spans;
    private final InstantSource clock;

    public DecisionRun(
            HttpClient client, URI gateway, String ingestKey, MoneyApi admin, long customers, InstantSource clock) {
        this.admin = admin;
        this.decisions = new DecisionLoad(client, gateway, ingestKey, customers);
        this.spans = new OpenLoop(
                client,
                gateway.resolve("/v1/traces"),
                ingestKey,
                IntStream.range(0, 4).mapToObj(i -> SpanBatch.of(20, i)).toList(),
                clock);
        this.clock = clock;
    }

    /** Runs everything; the results, as text. */
    public String run() throws IOException, InterruptedException {
        String all = budget("{\"name\":\"bench, all\",\"amount_usd\":\"1000000\"}");
        String each = budget("{\"name\":\"bench, each customer\",\"each\":\"customer\",\"amount_usd\":\"100\"}");
        long began = System.nanoTime();
        decisions.awaitCounters();
        double ready = (System.nanoTime() - began) / 1e9;
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, """

                ### Decisions

                `POST /api/v1/decisions` through the gateway, at fixed times, each for some customer, under a budget of all and one of each customer;
                %d s each, with spans that flow beside it and without. Latency from the intended time. The counters knew all customers %.0f s after the budgets were made.

                | decisions/s | spans/s beside | p50 ms | p99 ms | p99.9 ms | max ms | failed | without a number | aim, p99 |
                |---|---|---|---|---|---|---|---|---|
                """, LENGTH.toSeconds(), ready));
        decisions.run(RATES.getLast(), WARM_UP);
        for (double rate : RATES) {
            text.append(row(decisions.run(rate, LENGTH), 0));
            text.append(row(besideSpans(rate), SPANS_PER_SECOND));
        }
        admin.delete("/api/v1/budgets/" + all);
        admin.delete("/api/v1/budgets/" + each);
        return text.toString();
    }

    private static String row(DecisionLoad.Result result, double spans) {
        return String.format(
                Locale.ROOT,
                "| %.0f | %,.0f | %.1f | %.1f | %.1f | %.1f | %d | %d | 5 |%n",
                result.rate(),
                spans,
                result.millis(50),
                result.millis(99),
                result.millis(99.9),
                result.millis(100),
                result.failed(),
                result.unknown());
    }

    private DecisionLoad.Result besideSpans(double rate) throws InterruptedException {
        Thread sender = Thread.ofPlatform().name("spans").start(() -> {
            try {
                var _ = spans.run(SPANS_PER_SECOND, LENGTH, clock.millis());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        DecisionLoad.Result result = decisions.run(rate, LENGTH);
        sender.join();
        return result;
    }

    private String budget(String body) throws IOException, InterruptedException {
        return admin.post("/api/v1/budgets", body).path("id").asText();
    }
}
