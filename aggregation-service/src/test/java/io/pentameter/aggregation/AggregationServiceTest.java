package io.pentameter.aggregation;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pentameter.aggregation.testing.Engines;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.contracts.v1.ChangeRecord;
import io.pentameter.contracts.v1.IntakeRecord;
import io.pentameter.contracts.v1.MetricRecord;
import io.pentameter.contracts.v1.MetricType;
import io.pentameter.contracts.v1.OutcomeRecord;
import io.pentameter.contracts.v1.Refusal;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on a real broker and a real engine, as its callers see it. */
@QuarkusTest
@QuarkusTestResource(Engines.class)
class AggregationServiceTest {

    private static final Instant START = Spans.noon();
    private static final String SINCE = "&from=" + START.minusSeconds(60);
    private static final List<SpanRecord> OURS = new Spans(21).any("acme", START, 600, 300);
    private static final List<SpanRecord> THEIRS = new Spans(22).any("globex", START, 600, 100);
    private static boolean isSent;
    private static final String OUR_TRACE =
            HexFormat.of().formatHex(OURS.getFirst().getTraceId().toByteArray());

    /** Once: the service has its port only when the first test begins. */
    @BeforeEach
    void sendEverything() throws Exception {
        if (isSent) {
            return;
        }
        isSent = true;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", setting("pentameter.kafka.bootstrap")),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (List<SpanRecord> spans : List.of(OURS, THEIRS, OURS.subList(0, 20))) {
                for (SpanRecord span : spans) {
                    send(
                            producer,
                            Topics.SPANS,
                            PartitionKey.ofTrace(
                                    span.getTenant(), span.getTraceId().toByteArray()),
                            span.toByteArray());
                }
            }
            send(producer, Topics.SPANS, PartitionKey.ofTrace("acme", new byte[16]), new byte[] {1, 2, 3});
            send(producer, Topics.ACCOUNTING, PartitionKey.ofTenant("acme"), intake().toByteArray());
            send(producer, Topics.SCORES, PartitionKey.ofTenant("acme"), score().toByteArray());
            send(producer, Topics.AUDIT, PartitionKey.ofTenant("acme"), audit().toByteArray());
            sendFacts(producer);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> spans("acme") == 300 && spans("globex") == 100);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> as("acme", Scope.READ)
                                .get("/api/v1/scores?limit=10" + SINCE)
                                .jsonPath()
                                .getList("scores")
                                .size()
                        == 1);
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

    @Test
    void theServiceIsReadyAndTellsItsNumbers() {
        assertThat(given().get("/q/health/ready").asString())
                .contains("clickhouse")
                .contains("visibleUntil");
        assertThat(given().get("/q/metrics").asString())
                .contains("pentameter_sink_records_total")
                .contains("pentameter_query_time_seconds");
    }

    private static void assertRefused(String body, String pointer, String words) {
        Response answer = as("acme", Scope.READ).body(body).post("/api/v1/metrics/query");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.contentType()).contains("application/problem+json");
        assertThat(answer.asString()).contains(pointer).contains(words);
    }

    private static long spans(String tenant) {
        Response answer = as(tenant, Scope.READ)
                .body(metrics(
                        "\"spans\"", START.toString(), START.plusSeconds(3600).toString(), ""))
                .post("/api/v1/metrics/query");
        return answer.statusCode() == 200 ? answer.jsonPath().getLong("totals.spans") : -1;
    }

    private static String metrics(String measures, String from, String to, String rest) {
        return "{\"measures\":[%s],\"from\":\"%s\",\"to\":\"%s\"%s}".formatted(measures, from, to, rest);
    }

    private static RequestSpecification as(String tenant, Scope... scopes) {
        Caller caller = new Caller(
                "gateway",
                "key_1",
                tenant,
                Arrays.stream(scopes).collect(Collectors.toSet()),
                Set.of(),
                "key_1",
                "test");
        TokenSigner signer = TokenSigner.fromFile(Path.of(setting("test.key.gateway")), Clock.systemUTC());
        return given().header("Authorization", "Bearer " + signer.sign(caller)).contentType("application/json");
    }

    private static RequestSpecification service() {
        TokenSigner signer = TokenSigner.fromFile(Path.of(setting("test.key.alert")), Clock.systemUTC());
        return given().header("Authorization", "Bearer " + signer.signService()).contentType("application/json");
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, Topics topic, byte[] key, byte[] value)
            throws Exception {
        var _ = producer.send(new ProducerRecord<>(topic.topicName(), key, value))
                .get();
    }

    private static void sendFacts(KafkaProducer<byte[], byte[]> producer) throws Exception {
        long at = START.getEpochSecond() * 1_000_000 + 60_000_000;
        SpanRecord running = new Spans(23)
                .request("initech", Instant.now().minusSeconds(30))
                .setIsRunning(true)
                .setDurationNs(0)
                .build();
        OutcomeRecord outcome = OutcomeRecord.newBuilder()
                .setTenant("initech")
                .setOutcomeId("o-1")
                .setName("resolved")
                .setSuccess(true)
                .setOccurredAtUs(at)
                .setReceivedAtUs(at)
                .build();
        ChangeRecord change = ChangeRecord.newBuilder()
                .setTenant("initech")
                .setChangeId("c-1")
                .setKind("deploy")
                .setTitle("release 7")
                .setOccurredAtUs(at)
                .setReceivedAtUs(at)
                .build();
        MetricRecord metric = MetricRecord.newBuilder()
                .setTenant("initech")
                .setName("requests")
                .setSeries(running.getTraceId())
                .setType(MetricType.METRIC_TYPE_COUNTER)
                .setIsCumulative(true)
                .setStartUs(at - 1_000_000)
                .setAtUs(at)
                .setReceivedAtUs(at)
                .setValue(5)
                .build();
        byte[] key = PartitionKey.ofTenant("initech");
        send(producer, Topics.SPANS, key, running.toByteArray());
        send(producer, Topics.OUTCOMES, key, outcome.toByteArray());
        send(producer, Topics.CHANGES, key, change.toByteArray());
        send(producer, Topics.METRICS, key, metric.toByteArray());
    }

    private static IntakeRecord intake() {
        return IntakeRecord.newBuilder()
                .setTenant("acme")
                .setKeyId("key_1")
                .setIntakeId("i1")
                .setReceivedAtUs(START.getEpochSecond() * 1_000_000)
                .setReceived(10)
                .setAccepted(5)
                .addRefused(Refusal.newBuilder().setReason("time_out_of_range").setSpans(5))
                .build();
    }

    private static ScoreRecord score() {
        SpanRecord span = OURS.getFirst();
        return ScoreRecord.newBuilder()
                .setTenant("acme")
                .setScoreId("score-1")
                .setTraceId(span.getTraceId())
                .setSpanId(span.getSpanId())
                .setName("helpfulness")
                .setSource(ScoreSource.SCORE_SOURCE_LLM_JUDGE)
                .setValue(0.8)
                .setPassed(true)
                .setInclusionProbability(0.5)
                .setCreatedAtUs(START.getEpochSecond() * 1_000_000)
                .build();
    }

    private static AuditRecord audit() {
        return AuditRecord.newBuilder()
                .setTenant("acme")
                .setAuditId("a1")
                .setAtUs(START.getEpochSecond() * 1_000_000)
                .setActorKind("person")
                .setActorId("p1")
                .setAction("key.create")
                .setObject("key_2")
                .setResult("allowed")
                .putDetails("scope", "read")
                .build();
    }
}
