package io.pentameter.quality;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.kit.token.Scope;
import io.pentameter.stack.testing.SharedEngines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on a real broker and a real database, with an endpoint that speaks the provider's protocol. */
@QuarkusTest
@QuarkusTestResource(EnginesForTests.class)
class QualityServiceTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final TestLog log = new TestLog();
    private final FakeChatServer endpoint = new FakeChatServer();

    @BeforeEach
    void gradeEverything() {
        sampling(tenant, 1.0);
    }

    @AfterEach
    void close() {
        log.close();
        endpoint.close();
    }

    @Test
    void aSpanInIsGradesOutOnceThoughItComesThreeTimes() {
        judge(tenant, "helpfulness", "1");
        SpanRecord span = now(Spans.answer(tenant, 1, "The capital of France is Paris."));

        log.span(span);
        List<ScoreRecord> first = log.awaitScores(tenant, 4);
        log.span(span);
        log.span(span);
        log.span(now(Spans.answer(tenant, 2, "Berlin.")));
        List<ScoreRecord> all = log.awaitScores(tenant, 8);

        assertThat(first).extracting(ScoreRecord::getName).contains("empty", "truncated", "refusal", "helpfulness");
        assertThat(all).hasSize(8);
        assertThat(log.scores(tenant).values().stream()
                        .filter(copies -> copies.stream().distinct().count() > 1))
                .as("repeats are the same, byte for byte")
                .isEmpty();
        assertThat(endpoint.seen()).as("redelivered spans are not judged again").hasSize(2);
    }

    @Test
    void whatIsCutOffBetweenTheGradesAndTheCommitIsDoneAgainWithTheSameResult() throws SQLException {
        judge(tenant, "helpfulness", "1");
        SpanRecord span = now(Spans.answer(tenant, 11, "Paris."));

        try (Connection root = superuser();
                Statement statement = root.createStatement()) {
            root.setAutoCommit(false);
            statement.execute("lock table quality.judgement in access exclusive mode");
            log.span(span);
            log.awaitScores(tenant, 3); // the grades of the checks are out, the judgement waits for the lock
            await().atMost(SOON).until(() -> ended(statement) > 0);
            root.rollback();
        }
        await().atMost(SOON).until(() -> !log.latest(tenant, "helpfulness").isEmpty());

        Map<String, List<ScoreRecord>> scores = log.scores(tenant);
        assertThat(scores).hasSize(4);
        assertThat(scores.values()).allSatisfy(copies -> assertThat(copies).containsOnly(copies.getFirst()));
        assertThat(scores.values())
                .as("it was done again")
                .anySatisfy(copies -> assertThat(copies).hasSizeGreaterThan(1));
        assertThat(endpoint.seen()).hasSize(1);
    }

    /** Ends the service's connections that wait for the lock; how many there were. */
    private static int ended(Statement superuser) throws SQLException {
        try (ResultSet rows = superuser.executeQuery("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where usename = 'quality_app' and wait_event_type = 'Lock' and query like 'insert into judgement%'
                """)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void aGradeSaysHowItsSpanWasDrawnAndWhatItCost() {
        String id = judge(tenant, "helpfulness", "1");
        sampling(tenant, 0.5);
        List<SpanRecord> spans = Spans.answers(tenant, 40, Instant.now());

        spans.forEach(log::span);
        List<ScoreRecord> judged =
                await().atMost(SOON).until(() -> log.latest(tenant, "helpfulness"), scores -> scores.size() >= 10);

        assertThat(judged).allSatisfy(score -> {
            assertThat(score.getInclusionProbability()).isEqualTo(0.5);
            assertThat(score.getSamplingRulesList()).containsExactly("baseline");
            assertThat(score.getSamplingRv()).hasSize(14).isGreaterThanOrEqualTo("80000000000000");
            assertThat(score.getSamplingPolicyVersion()).isEqualTo("v2");
            assertThat(score.getSource()).isEqualTo(ScoreSource.SCORE_SOURCE_LLM_JUDGE);
            assertThat(score.getRubric()).isEqualTo(id);
            assertThat(score.getRubricVersion()).isEqualTo("1");
            assertThat(score.getJudgeModel()).isEqualTo("judge-1-2026-11-01");
            assertThat(score.getValue()).isEqualTo(0.9);
            assertThat(score.getPassed()).isTrue();
            // 1,000 tokens at $0.15 and 50 at $0.60 for a million
            assertThat(score.getCostNanoUsd()).isEqualTo(180_000);
            assertThat(score.getDimensions().getFeature()).isEqualTo("support");
        });
    }

    @Test
    void thumbsDownBringsAnAnswerInThatWasNotChosen() {
        sampling(tenant, 0.000001);
        SpanRecord span = now(Spans.answer(tenant, 5, "I'm sorry, but I can't help with that."));
        log.span(span);
        log.awaitCommitted(tenant);

        log.score(ScoreRecord.newBuilder()
                .setTenant(tenant)
                .setScoreId("thumb-" + tenant)
                .setTraceId(span.getTraceId())
                .setName("thumbs")
                .setSource(ScoreSource.SCORE_SOURCE_END_USER)
                .setPassed(false)
                .build());

        ScoreRecord refusal = await().atMost(SOON)
                .until(() -> log.latest(tenant, "refusal"), scores -> !scores.isEmpty())
                .getFirst();
        assertThat(refusal.getPassed()).isFalse();
        assertThat(refusal.getInclusionProbability()).isEqualTo(1.0);
        assertThat(refusal.getSamplingRulesList()).containsExactly("baseline", "thumbs-down");
    }

    @Test
    void thumbsDownRaisesTheProbabilityOfAGradeThatWasGiven() {
        judge(tenant, "helpfulness", "1");
        sampling(tenant, 0.999);
        SpanRecord span = now(Spans.answer(tenant, 6, "Paris."));
        log.span(span);
        await().atMost(SOON).until(() -> !log.latest(tenant, "helpfulness").isEmpty());

        log.score(ScoreRecord.newBuilder()
                .setTenant(tenant)
                .setScoreId("thumb-" + tenant)
                .setTraceId(span.getTraceId())
                .setSpanId(span.getSpanId())
                .setName("thumbs")
                .setSource(ScoreSource.SCORE_SOURCE_END_USER)
                .setPassed(false)
                .build());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(log.latest(tenant, "helpfulness"))
                        .singleElement()
                        .satisfies(score -> {
                            assertThat(score.getInclusionProbability()).isEqualTo(1.0);
                            assertThat(score.getSamplingRulesList()).contains("thumbs-down");
                        }));
        assertThat(endpoint.seen()).as("not judged again").hasSize(1);
    }

    @Test
    void anExhaustedBudgetStopsTheCallsAndNotTheStream() {
        String id = judge(tenant, "helpfulness", "0.0006");

        Spans.answers(tenant, 20, Instant.now()).forEach(log::span);
        log.span(now(Spans.failed(tenant, 100)));

        await().atMost(SOON).until(() -> log.latest(tenant, "refusal").size() >= 20);
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(endpoint.seen().size())
                        .as("the worst case of a call is about 0.00045 dollars")
                        .isBetween(1, 3));
        String used = given().header("Authorization", TestTokens.of(tenant, Scope.READ))
                .get("/api/v1/judges")
                .path("judges[0].usedTodayUsd");
        assertThat(Double.parseDouble(used)).isLessThanOrEqualTo(0.0006);
        // 21 answers, of which one to three were judged; the failed call is judged too
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(judgements(id).getInt("skipped.budget_exhausted"))
                        .isGreaterThanOrEqualTo(18));
    }

    @Test
    void aJudgeThatHangsOrAnswersNonsenseGivesNoGrade() {
        endpoint.then(new FakeChatServer.Answer.Say("I would give it an A+"));
        endpoint.then(new FakeChatServer.Answer.Say("{\"score\": 11}"));
        String id = judge(tenant, "helpfulness", "1");

        log.span(now(Spans.answer(tenant, 7, "Paris.")));
        await().atMost(SOON).until(() -> endpoint.seen().size() == 2);
        log.span(now(Spans.answer(tenant, 8, "Paris.")));
        List<ScoreRecord> graded =
                await().atMost(SOON).until(() -> log.latest(tenant, "helpfulness"), scores -> !scores.isEmpty());

        assertThat(graded).singleElement().extracting(ScoreRecord::getTraceId).isEqualTo(Spans.traceId(8));
        JsonPath judgements = judgements(id);
        assertThat(judgements.getInt("failed.not_the_schema")).isEqualTo(1);
        assertThat(judgements.getInt("graded")).isEqualTo(1);
        assertThat(judgements.getInt("waiting")).isZero();
    }

    private JsonPath judgements(String judgeId) {
        return given().header("Authorization", TestTokens.of(tenant, Scope.READ))
                .get("/api/v1/judges/" + judgeId)
                .jsonPath()
                .setRootPath("judgements");
    }

    @Test
    void aBusyEndpointIsAskedAgainWhenItSaid() {
        endpoint.thenStatus(429, Map.of("retry-after", "3"));
        judge(tenant, "helpfulness", "1");
        Instant began = Instant.now();

        log.span(now(Spans.answer(tenant, 9, "Paris.")));
        await().atMost(SOON).until(() -> !log.latest(tenant, "helpfulness").isEmpty());

        assertThat(Duration.between(began, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(endpoint.seen()).hasSize(2);
    }

    @Test
    void changesAreTold() {
        judge(tenant, "helpfulness", "1");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(log.acts(tenant))
                        .extracting(act -> act.getAction() + " by " + act.getActorId())
                        .containsExactlyInAnyOrder(
                                "sampling.update by key_" + tenant, "judge.create by key_" + tenant));
    }

    @Test
    void aTenantKnowsNothingOfAnothersJudges() {
        String id = judge(tenant, "helpfulness", "1");
        String stranger = TestTokens.of("u" + tenant, Scope.READ, Scope.ADMIN);
        String absent = "jdg_00000000000000000000000000000000";

        assertThat(answers(stranger, id, id))
                .isEqualTo(answers(stranger, absent, id))
                .isNotEmpty();
        given().header("Authorization", stranger)
                .get("/api/v1/judges")
                .then()
                .statusCode(200)
                .body("judges", hasSize(0));
        given().header("Authorization", TestTokens.of(tenant, Scope.READ))
                .get("/api/v1/judges/" + id)
                .then()
                .statusCode(200)
                .body("name", equalTo("helpfulness"));
    }

    /** What each route says about the id, with the id itself blotted out. */
    private static Map<String, String> answers(String token, String id, String like) {
        Map<String, String> answers = new TreeMap<>();
        var request = given().header("Authorization", token).contentType(ContentType.JSON);
        answers.put("get", told(request.get("/api/v1/judges/" + id), id));
        var put = given().header("Authorization", token)
                .contentType(ContentType.JSON)
                .body(body("x", "1", like));
        answers.put("put", told(put.put("/api/v1/judges/" + id), id));
        var test = given().header("Authorization", token)
                .contentType(ContentType.JSON)
                .body("{\"output\":\"x\"}");
        answers.put("test", told(test.post("/api/v1/judges/" + id + "/test"), id));
        var delete = given().header("Authorization", token);
        answers.put("delete", told(delete.delete("/api/v1/judges/" + id), id));
        return answers;
    }

    private static String told(io.restassured.response.Response response, String id) {
        assertThat(response.statusCode()).isEqualTo(404);
        return response.asString().replace(id, "ID");
    }

    private static Connection superuser() throws SQLException {
        SharedEngines.Postgres postgres = SharedEngines.postgres();
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.superuser(), postgres.password());
    }

    private static SpanRecord now(SpanRecord.Builder span) {
        return span.setReceivedAtUs(Instant.now().toEpochMilli() * 1000).build();
    }

    private String judge(String owner, String name, String budget) {
        String id = given().header("Authorization", TestTokens.of(owner, Scope.ADMIN))
                .contentType(ContentType.JSON)
                .body(body(name, budget, endpoint.endpoint().toString()))
                .post("/api/v1/judges")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        pause();
        return id;
    }

    private static String body(String name, String budget, String endpoint) {
        return """
                {"name":"%s","rubric":"Does the answer name the right city?","model":"judge-1","endpoint":"%s",
                 "apiKey":"sk-test","inputUsdPerMillionTokens":"0.15","outputUsdPerMillionTokens":"0.60",
                 "dailyBudgetUsd":"%s"}""".formatted(name, endpoint.startsWith("http") ? endpoint : "http://h/v1", budget);
    }

    private static void sampling(String owner, double floor) {
        given().header("Authorization", TestTokens.of(owner, Scope.ADMIN))
                .contentType(ContentType.JSON)
                .body(Map.of("judgeFloor", floor, "checkFloor", floor))
                .put("/api/v1/sampling")
                .then()
                .statusCode(200);
        pause();
    }

    /** Until the change is in force: twice the refresh of the settings, and a little. */
    private static void pause() {
        await().pollDelay(Duration.ofMillis(700)).until(() -> true);
    }
}
