package io.pentameter.aggregation;

import static io.pentameter.aggregation.ServiceTraffic.OURS;
import static io.pentameter.aggregation.ServiceTraffic.OUR_TRACE;
import static io.pentameter.aggregation.ServiceTraffic.SINCE;
import static io.pentameter.aggregation.ServiceTraffic.START;
import static io.pentameter.aggregation.ServiceTraffic.as;
import static io.pentameter.aggregation.ServiceTraffic.metrics;
import static io.pentameter.aggregation.ServiceTraffic.service;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pentameter.aggregation.testing.Engines;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.kit.token.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on a real broker and a real engine, as its callers see it: traces, lists and accounts. */
@QuarkusTest
@QuarkusTestResource(Engines.class)
class AggregationServiceTest {

    @BeforeEach
    void send() throws Exception {
        ServiceTraffic.send();
    }

    @Test
    void aTraceIsShownWithItsSpansAndTheScoreBesideTheSpan() {
        Response answer = as("acme", Scope.READ).get("/api/v1/traces/" + OUR_TRACE);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("traceId")).isEqualTo(OUR_TRACE);
        long expected = OURS.stream()
                .filter(span -> span.getTraceId().equals(OURS.getFirst().getTraceId()))
                .count();
        assertThat(answer.jsonPath().getList("spans")).hasSize((int) expected);
        assertThat(answer.jsonPath().getList("spans.scores.flatten().name")).containsExactly("helpfulness");
    }

    @Test
    void promptsAreShownOnlyWithTheScopePayload() {
        String trace = OURS.stream()
                .filter(span -> !span.getPayload().getInput().isEmpty())
                .map(span -> HexFormat.of().formatHex(span.getTraceId().toByteArray()))
                .findFirst()
                .orElseThrow();

        String without = as("acme", Scope.READ).get("/api/v1/traces/" + trace).asString();
        String with = as("acme", Scope.READ, Scope.PAYLOAD)
                .get("/api/v1/traces/" + trace)
                .asString();

        assertThat(without).contains("\"payload\":\"withheld\"").doesNotContain("question ");
        assertThat(with).contains("\"payload\":\"shown\"").contains("question ");
    }

    @Test
    void anotherTenantsTraceIsAnsweredAsOneThatDoesNotExist() {
        Response foreign = as("globex", Scope.READ).get("/api/v1/traces/" + OUR_TRACE);
        Response absent = as("globex", Scope.READ).get("/api/v1/traces/0123456789abcdef0123456789abcdef");
        Response nonsense = as("globex", Scope.READ).get("/api/v1/traces/nonsense");

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.asString()).isEqualTo(absent.asString()).isEqualTo(nonsense.asString());
    }

    @Test
    void everyListOfAnotherTenantHasNothingOfOurs() {
        for (String route : List.of(
                "/api/v1/traces?limit=1000" + SINCE,
                "/api/v1/scores?limit=10" + SINCE,
                "/api/v1/accounting/dead-letters")) {
            String theirs = as("globex", Scope.READ).get(route).asString();

            assertThat(theirs)
                    .as(route)
                    .doesNotContain(OUR_TRACE)
                    .doesNotContain("helpfulness")
                    .doesNotContain("undecodable");
        }
        assertThat(as("globex", Scope.COMPLIANCE)
                        .get("/api/v1/audit?limit=10" + SINCE)
                        .jsonPath()
                        .getList("events"))
                .isEmpty();
        assertThat(as("acme", Scope.COMPLIANCE)
                        .get("/api/v1/audit?limit=10" + SINCE)
                        .jsonPath()
                        .getList("events"))
                .hasSize(1);
    }

    @Test
    void pagesListEachTraceOnceNewestFirst() {
        List<String> seen = new java.util.ArrayList<>();
        String cursor = "";
        do {
            Response page = as("acme", Scope.READ).get("/api/v1/traces?limit=7" + SINCE + cursor);
            assertThat(page.statusCode()).as(page.asString()).isEqualTo(200);
            seen.addAll(page.jsonPath().getList("traces.traceId"));
            String next = page.jsonPath().getString("next");
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().hasSize((int)
                OURS.stream().map(SpanRecord::getTraceId).distinct().count());
    }

    @Test
    void aForeignCursorIsRefusedExactlyAsOneThatSomebodyMadeUp() {
        String cursor = as("acme", Scope.READ)
                .get("/api/v1/traces?limit=1" + SINCE)
                .jsonPath()
                .getString("next");

        Response foreign = as("globex", Scope.READ).get("/api/v1/traces?limit=1" + SINCE + "&cursor=" + cursor);
        Response madeUp = as("globex", Scope.READ).get("/api/v1/traces?limit=1" + SINCE + "&cursor=bm90aGluZw");

        assertThat(foreign.statusCode()).isEqualTo(400);
        assertThat(foreign.asString()).isEqualTo(madeUp.asString()).contains("cursor");
    }

    @Test
    void whatRunsWhatCameOfItAndWhatClientsMeasuredIsListedToItsTenantOnly() {
        Map<String, String> lists = Map.of(
                "/api/v1/traces/running",
                "traces",
                "/api/v1/outcomes?name=resolved" + SINCE,
                "outcomes",
                "/api/v1/changes?kind=deploy" + SINCE,
                "changes",
                "/api/v1/client-metrics?from=" + START.minusSeconds(60),
                "metrics");

        lists.forEach((route, field) -> {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Response ours = as("initech", Scope.READ).get(route);
                assertThat(ours.statusCode()).as(ours.asString()).isEqualTo(200);
                assertThat(ours.jsonPath().getList(field)).as(route).hasSize(1);
            });
            assertThat(as("globex", Scope.READ).get(route).jsonPath().getList(field))
                    .as(route)
                    .isEmpty();
            assertThat(as("initech", Scope.INGEST).get(route).statusCode()).isEqualTo(403);
        });
        assertThat(as("initech", Scope.READ)
                        .get("/api/v1/traces/running?colour=red&limit=0")
                        .asString())
                .contains("colour", "feature", "limit");
    }

    @Test
    void theAccountsBalance() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Response answer = as("acme", Scope.READ).get("/api/v1/accounting?from=" + START.minusSeconds(60));
            assertThat(answer.statusCode()).isEqualTo(200);
            var totals = answer.jsonPath();

            assertThat(totals.getLong("totals.stored")).isEqualTo(300);
            assertThat(totals.getLong("totals.duplicates")).isEqualTo(20);
            assertThat(totals.getLong("totals.dropped.undecodable")).isEqualTo(1);
            assertThat(totals.getLong("totals.pending")).isZero();
            assertThat(totals.getLong("totals.accepted")).isEqualTo(321);
            assertThat(totals.getLong("totals.refused.time_out_of_range")).isEqualTo(5);
        });
    }

    @Test
    void tokensOpenOnlyWhatTheyAreFor() {
        assertThat(given().get("/api/v1/traces").statusCode()).isEqualTo(401);
        assertThat(as("acme", Scope.INGEST).get("/api/v1/traces").statusCode()).isEqualTo(403);
        assertThat(as("acme", Scope.READ).get("/api/v1/audit").statusCode()).isEqualTo(403);
        assertThat(as("acme", Scope.READ)
                        .body(metrics(
                                "\"spans\"",
                                START.toString(),
                                START.plusSeconds(600).toString(),
                                ""))
                        .post("/internal/v1/metrics/query-all")
                        .statusCode())
                .isEqualTo(403);
        assertThat(service().get("/api/v1/traces").statusCode()).isEqualTo(403);
    }

    @Test
    void theServiceIsReadyAndTellsItsNumbers() {
        assertThat(given().get("/q/health/ready").asString())
                .contains("clickhouse")
                .contains("visibleUntil");
        assertThat(given().get("/q/metrics").asString())
                .contains("pentameter_sink_records_total")
                .contains("pentameter_query_time_seconds");
    }
}
