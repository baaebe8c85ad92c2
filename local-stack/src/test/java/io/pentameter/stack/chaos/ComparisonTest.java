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
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a local server that speaks the two routes and can be made to lose and to count twice. */
class ComparisonTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final Map<String, String> answers = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(3);
    private final Delivery first = Delivery.make(random, NOW, "run", "group-0");
    private final Delivery second = Delivery.make(random, NOW, "run", "group-1");
    private HttpServer server;
    private JsonApi api;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String answer = answers.getOrDefault(exchange.getRequestURI().getPath(), "");
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.isEmpty() ? 404 : 200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        api = JsonApi.withKey("http://127.0.0.1:" + server.getAddress().getPort(), "key");
        stores(first, first.spanIds());
        stores(second, second.spanIds());
    }

    @AfterEach
    void stop() {
        api.close();
        server.stop(0);
    }

    @Test
    void isExactWhenAllIsCountedOnce() {
        counts(20, first.inputTokens(), 20, second.inputTokens());

        assertThat(compare()).isEqualTo(new Finding(40, 40, 0, 0, List.of())).returns(true, Finding::isExact);
    }

    @Test
    void showsTheTraceThatLacksASpan() {
        counts(20, first.inputTokens(), 19, second.inputTokens() - 5);
        stores(second, second.spanIds().subList(1, 20));

        Finding finding = compare();

        assertThat(finding.isExact()).isFalse();
        assertThat(finding.lost()).isEqualTo(1);
        assertThat(finding.shown())
                .hasSize(2)
                .last()
                .asString()
                .isEqualTo("trace %s: 19 spans where 20 were sent, missing [%s]"
                        .formatted(second.traceId(), second.spanIds().getFirst()));
    }

    @Test
    void oneLostAndOneDoubleDoNotMakeUpForEachOther() {
        counts(21, first.inputTokens() + 5, 19, second.inputTokens() - 5);

        Finding finding = compare();

        assertThat(finding.isExact()).isFalse();
        assertThat(finding).returns(1L, Finding::lost).returns(1L, Finding::twice);
    }

    @Test
    void rightNumberOfSpansWithWrongTokensIsNotExact() {
        counts(20, first.inputTokens() + 1, 20, second.inputTokens());

        assertThat(compare().isExact()).isFalse();
    }

    @Test
    void spansOfNobodyAreFound() {
        counts(20, first.inputTokens(), 20, second.inputTokens());

        Finding finding = new Comparison(api, "run", NOW).compare(List.of(first), NOW);

        assertThat(finding).returns(20L, Finding::twice).returns(false, Finding::isExact);
    }

    private Finding compare() {
        return new Comparison(api, "run", NOW).compare(List.of(first, second), NOW);
    }

    private void counts(long spans0, long tokens0, long spans1, long tokens1) {
        String series = "{\"group\":{\"customer\":\"group-%d\"},\"totals\":{\"spans\":%d,\"input_tokens\":%d}}";
        answers.put(
                "/api/v1/metrics/query",
                "{\"series\":[%s,%s]}"
                        .formatted(series.formatted(0, spans0, tokens0), series.formatted(1, spans1, tokens1)));
    }

    private void stores(Delivery delivery, List<String> spanIds) {
        String spans = spanIds.stream().map("{\"spanId\":\"%s\"}"::formatted).collect(Collectors.joining(","));
        answers.put("/api/v1/traces/" + delivery.traceId(), "{\"spans\":[%s]}".formatted(spans));
    }
}
