package io.pentameter.aggregation;

import static io.pentameter.aggregation.ServiceTraffic.START;
import static io.pentameter.aggregation.ServiceTraffic.as;
import static io.pentameter.aggregation.ServiceTraffic.metrics;
import static io.pentameter.aggregation.ServiceTraffic.service;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pentameter.aggregation.testing.Engines;
import io.pentameter.kit.token.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions for numbers on a real broker and a real engine, as their callers see them. */
@QuarkusTest
@QuarkusTestResource(Engines.class)
class ServiceQueriesTest {

    @BeforeEach
    void send() throws Exception {
        ServiceTraffic.send();
    }

    @Test
    void aMetricsQueryTellsTheChangesOfItsWindowWhereAsked() {
        String window = metrics(
                "\"spans\",\"outcomes\"",
                START.toString(),
                START.plusSeconds(3600).toString(),
                ",\"annotations\":true");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Response answer = as("initech", Scope.READ).body(window).post("/api/v1/metrics/query");
            assertThat(answer.jsonPath().getList("annotations.title"))
                    .as(answer.asString())
                    .containsExactly("release 7");
            assertThat(answer.jsonPath().getLong("totals.outcomes")).isEqualTo(1);
        });
        assertThat(as("initech", Scope.READ)
                        .body(window.replace("true", "false"))
                        .post("/api/v1/metrics/query")
                        .asString())
                .doesNotContain("annotations");
    }

    @Test
    void aClientsMetricIsAnsweredWithItsIncrease() {
        String body = "{\"name\":\"requests\",\"from\":\"%s\",\"to\":\"%s\"}".formatted(START, START.plusSeconds(3600));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Response answer = as("initech", Scope.READ).body(body).post("/api/v1/client-metrics/query");
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
            assertThat(answer.jsonPath().getDouble("series[0].totals.increase")).isEqualTo(5);
        });
        assertThat(as("initech", Scope.READ)
                        .body("{}")
                        .post("/api/v1/client-metrics/query")
                        .statusCode())
                .isEqualTo(400);
        assertThat(as("initech", Scope.READ)
                        .body("[]")
                        .post("/api/v1/client-metrics/query")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void wrongQueriesAreToldWhatIsWrongAndWhatIsAllowed() {
        assertRefused(
                metrics("\"latency_p951\"", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", ""),
                "/measures/0",
                "latency_p95");
        assertRefused(metrics("\"spans\"", "2016-11-01T00:00:00Z", "2026-11-02T00:00:00Z", ""), "/from", "400 days");
        assertRefused(metrics("\"spans\"", "yesterday", "2026-11-02T00:00:00Z", ""), "/from", "ISO 8601");
        assertRefused(
                metrics("\"spans\"", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", ",\"groupBy\":[\"colour\"]"),
                "/groupBy/0",
                "feature");
        assertRefused(
                metrics("\"spans\"", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", ",\"interval\":\"PT1S\""),
                "/interval",
                "PT1M");
        assertRefused(
                metrics("\"spans\"", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", ",\"orderBy\":\"-cost_usd\""),
                "/orderBy",
                "spans");
        assertRefused(
                metrics("\"spans\"", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", ",\"limit\":0"), "/limit", "1000");
        assertRefused(
                metrics(
                        "\"spans\"",
                        "2026-11-01T00:00:00Z",
                        "2026-11-02T00:00:00Z",
                        ",\"filters\":[{\"dimension\":\"feature\",\"op\":\"like\",\"value\":\"x\"}]"),
                "/filters/0/op",
                "contains");
        assertRefused("not json", "", "JSON");
    }

    @Test
    void theQueryOfAllTenantsNamesEachTenant() {
        Response answer = service()
                .body(metrics(
                        "\"spans\"", START.toString(), START.plusSeconds(3600).toString(), ""))
                .post("/internal/v1/metrics/query-all");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        Map<String, Integer> spans = answer.jsonPath().<Map<String, Map<String, Object>>>getList("series").stream()
                .collect(Collectors.toMap(
                        series -> String.valueOf(
                                requireNonNull(series.get("group")).get("tenant")),
                        series -> (Integer) requireNonNull(series.get("totals")).get("spans")));
        assertThat(spans).containsEntry("acme", 300).containsEntry("globex", 100);
        assertThat(answer.jsonPath().getString("visibleUntil")).isNotNull();
    }

    private static void assertRefused(String body, String pointer, String words) {
        Response answer = as("acme", Scope.READ).body(body).post("/api/v1/metrics/query");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.contentType()).contains("application/problem+json");
        assertThat(answer.asString()).contains(pointer).contains(words);
    }
}
