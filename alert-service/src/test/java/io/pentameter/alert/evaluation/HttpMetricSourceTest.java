package io.pentameter.alert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.pentameter.alert.ledger.HttpLedger;
import io.pentameter.alert.rule.Filter;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenVerifier;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpMetricSourceTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);
    private static final MetricQuery QUERY = new MetricQuery(
            List.of("error_rate", "requests"),
            List.of("feature"),
            List.of(new Filter("environment", "eq", "prod")),
            NOON.minus(Duration.ofMinutes(5)),
            NOON,
            List.of("a", "b"),
            "requests",
            101);

    private final CompletableFuture<String> authorization = new CompletableFuture<>();
    private final CompletableFuture<String> body = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    @TempDir
    @Nullable
    Path directory;

    private @Nullable HttpServer server;

    @AfterEach
    void stop() {
        closed.countDown();
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void asksWithAServiceTokenAndReadsEveryTenant() throws IOException, JoseException {
        OctetKeyPairJsonWebKey key = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
        key.setKeyId("alert-service");
        MetricSource source = source(key, 200, """
                {"visibleUntil":"2026-11-21T12:00:00.5Z","series":[
                   {"group":{"tenant":"a","feature":"search"},"totals":{"error_rate":0.02,"requests":150}},
                   {"group":{"tenant":"a","feature":null},"totals":{"error_rate":null,"requests":0}},
                   {"group":{"tenant":"b","feature":"x"},"totals":{"cost_usd":"0.000000001"}}]}""");

        MetricAnswer answer = source.query(QUERY);

        Map<String, @Nullable BigDecimal> unknown = new HashMap<>();
        unknown.put("error_rate", null);
        unknown.put("requests", new BigDecimal("0"));
        assertThat(answer)
                .isEqualTo(new MetricAnswer(
                        NOON.plusMillis(500),
                        List.of(
                                series(
                                        "a",
                                        "search",
                                        Map.of(
                                                "error_rate",
                                                new BigDecimal("0.02"),
                                                "requests",
                                                new BigDecimal("150"))),
                                new MetricAnswer.Series("a", Map.of("feature", ""), unknown),
                                series("b", "x", Map.of("cost_usd", new BigDecimal("0.000000001"))))));
        TokenVerifier verifier = TokenVerifier.of(new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY), CLOCK);
        assertThat(verifier.verify(authorization.join()).require(Scope.SERVICE).tenant())
                .isNull();
        assertThat(new ObjectMapper().readTree(body.join())).isEqualTo(new ObjectMapper().readTree("""
                {"tenants":["a","b"],"measures":["error_rate","requests"],"groupBy":["feature"],
                 "filters":[{"dimension":"environment","op":"eq","value":"prod"}],
                 "from":"2026-11-21T11:55:00Z","to":"2026-11-21T12:00:00Z","orderBy":"-requests","limit":101}"""));
    }

    @Test
    void everyAnswerThatIsNoneIsAFailure() {
        for (String answer : List.of(
                "",
                "[",
                "{}",
                "{\"visibleUntil\":null,\"series\":[]}",
                "{\"visibleUntil\":\"soon\",\"series\":[]}",
                "{\"visibleUntil\":\"2026-11-21T12:00:00Z\",\"series\":[{}]}",
                "{\"visibleUntil\":\"2026-11-21T12:00:00Z\",\"series\":"
                        + "[{\"group\":{\"tenant\":\"a\"},\"totals\":{\"requests\":\"many\"}}]}")) {
            assertThatExceptionOfType(IOException.class)
                    .as(answer)
                    .isThrownBy(() -> source(newKey(), 200, answer).query(QUERY));
            stop();
        }
    }

    @Test
    void anErrorIsAFailureThatNamesTheStatus() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> source(newKey(), 503, "busy").query(QUERY))
                .withMessage("/internal/v1/metrics/query-all answered 503: busy");
    }

    @Test
    void silenceIsAFailureAfterTheLimit() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> source(newKey(), 0, "").query(QUERY));
    }

    private static MetricAnswer.Series series(String tenant, String feature, Map<String, BigDecimal> values) {
        Map<String, @Nullable BigDecimal> copy = new HashMap<>(values);
        return new MetricAnswer.Series(tenant, Map.of("feature", feature), copy);
    }

    private static OctetKeyPairJsonWebKey newKey() {
        try {
            OctetKeyPairJsonWebKey key = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
            key.setKeyId("alert-service");
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    /** @param status 0 for no answer at all */
    private MetricSource source(OctetKeyPairJsonWebKey key, int status, String answer) throws IOException {
        Path file = java.util.Objects.requireNonNull(directory).resolve("key.json");
        Files.writeString(file, key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.createContext("/internal/v1/metrics/query-all", exchange -> {
            try (exchange) {
                authorization.complete(exchange.getRequestHeaders().getFirst("Authorization"));
                body.complete(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                if (status == 0) {
                    closed.await();
                    return;
                }
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        started.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
        started.start();
        server = started;
        String url = "http://127.0.0.1:" + started.getAddress().getPort();
        return new HttpMetricSource(new ObjectMapper(), new HttpLedger(CLOCK, url, file.toString()), new Limits());
    }

    private static final class Limits implements EvaluationConfig {

        @Override
        public Duration pause() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration queryLimit() {
            return Duration.ofMillis(500);
        }

        @Override
        public Duration lease() {
            return Duration.ofSeconds(15);
        }

        @Override
        public int maxTenants() {
            return 500;
        }

        @Override
        public Duration maxLag() {
            return Duration.ofMinutes(2);
        }
    }
}
