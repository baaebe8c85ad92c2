package io.pentameter.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.pentameter.stack.chaos.Comparison.Finding;
import io.pentameter.stack.http.JsonApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a local server that speaks the two routes and can be made to lose and to count twice. */
class ComparisonTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Map<String, String> answers = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(3);
    private final Trace first =
            Delivery.make(random, NOW, "run", "run-otlp-0", 20).trace();
    private final Trace second =
            Delivery.make(random, NOW, "run", "run-otlp-1", 20).trace();
    private HttpServer server;
    private JsonApi api;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                String path = exchange.getRequestURI().getPath();
                boolean isOfRollups = question.contains("\"dimension\":\"release\"");
                String answer = answers.getOrDefault(path + (isOfRollups ? " release" : ""), "");
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.isEmpty() ? 404 : 200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        api = JsonApi.withKey("http://127.0.0.1:" + server.getAddress().getPort(), "key");
        stores(first, first.amounts(), first.spanIds());
        stores(second, second.amounts(), second.spanIds());
        counts("customer", first.amounts(), second.amounts());
        counts("release", first.amounts(), second.amounts());
    }

    @AfterEach
    void stop() {
        api.close();
        server.stop(0);
    }

    @Test
    void isExactWhenAllIsCountedOnce() {
        assertThat(compare())
                .isEqualTo(new Finding(both(), both(), 0, 0, List.of()))
                .returns(true, Finding::isExact);
    }

    @Test
    void showsTheTraceThatLacksASpan() {
        Amounts less = second.amounts().plus(new Amounts(-1, -5, 0, 0));
        Set<String> ids = new TreeSet<>(second.spanIds());
        String lost = ids.iterator().next();
        ids.remove(lost);
        counts("customer", first.amounts(), less);
        stores(second, less, ids);

        Finding finding = compare();

        assertThat(finding.isExact()).isFalse();
        assertThat(finding.lost()).isEqualTo(1);
        assertThat(finding.shown())
                .hasSize(2)
                .last()
                .asString()
                .isEqualTo("trace %s: %s where %s were sent, 0 still running, missing [%s]"
                        .formatted(second.traceId(), less, second.amounts(), lost));
    }

    @Test
    void oneLostAndOneDoubleDoNotMakeUpForEachOther() {
        Amounts one = new Amounts(1, 5, 10, 6750);
        counts("customer", first.amounts().plus(one), second.amounts().plus(new Amounts(-1, -5, -10, -6750)));

        Finding finding = compare();

        assertThat(finding.isExact()).isFalse();
        assertThat(finding).returns(1L, Finding::lost).returns(1L, Finding::twice);
    }

    @ParameterizedTest
    @CsvSource({"1,0,0", "0,1,0", "0,0,1", "0,0,-1"})
    void rightNumberOfSpansWithWrongTokensOrDollarsIsNotExact(long input, long output, long nano) {
        counts("customer", first.amounts().plus(new Amounts(0, input, output, nano)), second.amounts());

        assertThat(compare())
                .returns(false, Finding::isExact)
                .returns(0L, Finding::lost)
                .returns(0L, Finding::twice);
    }

    @Test
    void aRollupThatIsNotWhatTheSpansAreIsFound() {
        counts("release", first.amounts().plus(new Amounts(1, 0, 0, 0)), second.amounts());

        assertThat(compare()).returns(1L, Finding::twice).returns(false, Finding::isExact);
    }

    @Test
    void spansOfNobodyAreFound() {
        Finding finding = comparison().compare(List.of(first), NOW);

        assertThat(finding).returns(20L, Finding::twice).returns(false, Finding::isExact);
    }

    @Test
    void isDrainedWhenBothWaysToAskKnowAll() {
        totals("customer", both());
        totals("release", both());
        assertThat(comparison().isDrained(List.of(first, second), NOW)).isTrue();

        totals("release", both().plus(new Amounts(0, 0, 0, -1)));
        assertThat(comparison().isDrained(List.of(first, second), NOW)).isFalse();
    }

    private Amounts both() {
        return first.amounts().plus(second.amounts());
    }

    private Finding compare() {
        return comparison().compare(List.of(first, second), NOW);
    }

    private Comparison comparison() {
        return new Comparison(api, "run-otlp-", "customer", NOW);
    }

    private void counts(String dimension, Amounts of0, Amounts of1) {
        answers.put(
                question(dimension),
                "{\"series\":[{\"group\":{\"%1$s\":\"run-otlp-0\"},\"totals\":%2$s},{\"group\":{\"%1$s\":\"run-otlp-1\"},\"totals\":%3$s}]}"
                        .formatted(dimension, json(of0), json(of1)));
    }

    private void totals(String dimension, Amounts amounts) {
        answers.put(question(dimension), "{\"totals\":%s}".formatted(json(amounts)));
    }

    private static String question(String dimension) {
        return "/api/v1/metrics/query" + (dimension.equals("release") ? " release" : "");
    }

    private static String json(Amounts amounts) {
        return "{\"spans\":%d,\"input_tokens\":%d,\"output_tokens\":%d,\"cost_usd\":\"%s\"}"
                .formatted(amounts.spans(), amounts.inputTokens(), amounts.outputTokens(), amounts.dollars());
    }

    private void stores(Trace trace, Amounts amounts, Set<String> spanIds) {
        String spans = spanIds.stream().map("{\"spanId\":\"%s\"}"::formatted).collect(Collectors.joining(","));
        answers.put(
                "/api/v1/traces/" + trace.traceId(),
                "{\"spanCount\":%d,\"inputTokens\":%d,\"outputTokens\":%d,\"costUsd\":\"%s\",\"runningCount\":0,\"spans\":[%s]}"
                        .formatted(
                                amounts.spans(),
                                amounts.inputTokens(),
                                amounts.outputTokens(),
                                amounts.dollars(),
                                spans));
    }
}
