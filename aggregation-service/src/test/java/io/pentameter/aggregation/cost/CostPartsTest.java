package io.pentameter.aggregation.cost;

import static io.pentameter.aggregation.cost.EngineCosts.NOON;
import static io.pentameter.aggregation.cost.EngineCosts.STORE;
import static io.pentameter.aggregation.cost.EngineCosts.ask;
import static io.pentameter.aggregation.cost.EngineCosts.call;
import static io.pentameter.aggregation.cost.EngineCosts.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.mapping.ScoreMapper;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanRecord;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an answer holds besides cost, tokens and requests, with dollars worked out by hand. */
class CostPartsTest {

    private final Spans spans = new Spans(405);

    /**
     * Three conversations and a trace alone cost 0.002 (two calls), 0.004, 0.006 and 0.008. The first succeeded, the third
     * did not, the trace succeeded twice, of the second nothing is known.
     */
    @Test
    void costPerOutcomeIsOverTheCasesOfWhichSomethingIsKnown() {
        SpanRecord one = inSession("u1", "s1", 500).build();
        SpanRecord two = inSession("u1", "s2", 2000).build();
        SpanRecord three = inSession("u1", "s3", 3000).build();
        SpanRecord alone = call(spans, "u1", "chat", 4000, 0, 0).build();
        STORE.put(List.of(one, inSession("u1", "s1", 500).build(), two, three, alone));
        outcome("u1", "o1", "", "s1", "1");
        outcome("u1", "o2", "", "s2", "NULL");
        outcome("u1", "o3", hex(three), "", "0");
        outcome("u1", "o4", hex(alone), "", "1");
        outcome("u1", "o5", hex(alone), "", "1");

        JsonNode units =
                ask("u1", ",\"groupBy\":[\"feature\"],\"include\":[\"units\"]").at("/total/units");

        assertThat(units.get("traces").asInt()).isEqualTo(5);
        assertThat(units.get("costPerTraceUsd").asText()).isEqualTo("0.004");
        assertThat(units.get("conversations").asInt()).isEqualTo(3);
        assertThat(units.get("costPerConversationUsd").asText()).isEqualTo("0.004");
        assertThat(units.get("cases").asInt()).isEqualTo(4);
        assertThat(units.get("casesWithOutcome").asInt()).isEqualTo(3);
        assertThat(units.get("resolvedCases").asInt()).isEqualTo(2);
        assertThat(units.at("/costPerResolvedCase/valueUsd").asText()).isEqualTo("0.008");
        assertThat(units.at("/costPerSuccessfulOutcome/valueUsd").asText()).isEqualTo("0.005333333");
        // x = 2, 6, 8 and y = 1, 0, 2 thousandths: R = 16/3, residuals -10/3, 6, -8/3; se = sqrt(3/2 · 488/9)/3
        double reach = 1.959963984540054 * Math.sqrt(1.5 * 488 / 9) / 3 / 1000;
        assertThat(units.at("/costPerSuccessfulOutcome/highUsd").asDouble()).isCloseTo(0.016 / 3 + reach, within(2e-9));
        assertThat(units.at("/costPerSuccessfulOutcome/method").asText()).isEqualTo("ratio-of-sums-delta");
        assertThat(units.at("/costPerSuccessfulOutcome/n").asInt()).isEqualTo(3);
    }

    @Test
    void whatNobodySaysOfAnOutcomeIsNotKnown() {
        STORE.put(List.of(inSession("u2", "s1", 500).build()));

        JsonNode units = ask("u2", ",\"include\":[\"units\"]").at("/total/units");

        assertThat(units.get("costPerResolvedCase").isNull()).isTrue();
        assertThat(units.get("costPerTraceUsd").asText()).isEqualTo("0.001");
    }

    /** A first attempt of 0.002 failed, one of 0.004 on another model succeeded; a call of 0.006 failed for good. */
    @Test
    void wasteIsFailedCallsAndSupersededAttemptsNoneTwice() {
        Outcome failed = Outcome.newBuilder().setError(true).build();
        SpanRecord.Builder first = call(spans, "w1", "chat", 1000, 0, 0).setOutcome(failed);
        SpanRecord.Builder second = call(spans, "w1", "chat", 2000, 0, 0).setTraceId(first.getTraceId());
        second.getDimensionsBuilder().setModel("n");
        STORE.put(List.of(
                first.build(),
                second.build(),
                call(spans, "w1", "mail", 3000, 0, 0).setOutcome(failed).build()));
        attempt("w1", hex(first), 0, "m", 1);
        attempt("w1", hex(first), 1, "n", 2);

        JsonNode answer = ask("w1", ",\"groupBy\":[\"feature\"],\"include\":[\"waste\"]");

        assertThat(group(answer, "chat").get("waste").toString())
                .isEqualTo("{\"failedCallsUsd\":\"0.002\",\"failedCallsUnpriced\":0.0,\"failedRequestsUsd\":\"0.006\","
                        + "\"supersededUsd\":\"0.002\",\"wastedUsd\":\"0.002\",\"retriesUsd\":\"0.004\","
                        + "\"fallbacksUsd\":\"0.004\"}");
        assertThat(answer.at("/total/waste/wastedUsd").asText()).isEqualTo("0.008");
    }

    /** 500 tokens at 0.0000002 instead of 0.000002 save 0.0009; a call without an uncached price says nothing. */
    @Test
    void whatTheCacheSavedIsMeasuredAtTheCallsOwnPrice() {
        STORE.put(List.of(
                call(spans, "c1", "chat", 1000, 500, 100).build(),
                call(spans, "c1", "chat", 0, 70, 100).build()));

        JsonNode cache = ask("c1", ",\"include\":[\"cache\"]").at("/total/cache");

        assertThat(cache.get("readSavingsUsd").asText()).isEqualTo("0.0009");
        assertThat(cache.get("netUsd").asText()).isEqualTo("0.0009");
        assertThat(cache.get("tokens").asInt()).isEqualTo(500);
        assertThat(cache.get("tokensUnknown").asInt()).isEqualTo(70);
    }

    @Test
    void judgingCostsWhatJudgesSayAndReviewsOfUnknownCostAreNotFree() {
        STORE.put(List.of(call(spans, "q1", "chat", 1000, 0, 0).build()));
        STORE.put(
                new ScoreMapper(),
                score("q1", "1", ScoreSource.SCORE_SOURCE_LLM_JUDGE)
                        .setCostNanoUsd(1500)
                        .build(),
                score("q1", "2", ScoreSource.SCORE_SOURCE_LLM_JUDGE).build(),
                score("q1", "3", ScoreSource.SCORE_SOURCE_HUMAN).build());

        JsonNode answer = ask("q1", ",\"groupBy\":[\"feature\"],\"include\":[\"quality\"]");

        assertThat(group(answer, "chat").get("quality").toString())
                .isEqualTo("{\"judgeUsd\":\"0.0000015\",\"judgements\":2,\"judgementsPriced\":1,\"humanUsd\":null,"
                        + "\"humanReviews\":1,\"humanReviewsPriced\":0}");
        assertThat(ask("q1", ",\"groupBy\":[\"tag\"],\"include\":[\"quality\"]")
                        .at("/total/quality")
                        .isMissingNode())
                .isTrue();
    }

    private SpanRecord.Builder inSession(String tenant, String session, long tokens) {
        SpanRecord.Builder span = call(spans, tenant, "chat", tokens, 0, 0);
        span.getDimensionsBuilder().setSession(session);
        return span;
    }

    private static ScoreRecord.Builder score(String tenant, String id, ScoreSource source) {
        return ScoreRecord.newBuilder()
                .setTenant(tenant)
                .setScoreId(id)
                .setSource(source)
                .setName("helpful")
                .setValue(1)
                .setCreatedAtUs(NOON.getEpochSecond() * 1_000_000)
                .setDimensions(ScoreRecord.Dims.newBuilder().setFeature("chat"));
    }

    private static void outcome(String tenant, String id, String trace, String session, String success) {
        String traceId = trace.isEmpty() ? "00".repeat(16) : trace;
        STORE.reads()
                .run(
                        ("INSERT INTO outcome (tenant, outcome_id, trace_id, session, name, success, version) VALUES"
                                        + " ('%s', '%s', unhex('%s'), '%s', 'resolved', %s, 1)")
                                .formatted(tenant, id, traceId, session, success),
                        new Bindings());
    }

    /** What ingest knows of attempts, as the columns hold it. */
    private static void attempt(String tenant, String trace, int isLast, String model, int number) {
        STORE.reads()
                .run(
                        ("INSERT INTO span SELECT * REPLACE (1 AS attempt_group, %d AS attempt_number, 2 AS attempt_of, %d AS"
                                        + " attempt_superseded, version + 1 AS version) FROM span FINAL WHERE tenant = '%s' AND"
                                        + " trace_id = unhex('%s') AND model = '%s'")
                                .formatted(number, 1 - isLast, tenant, trace, model),
                        new Bindings());
    }

    private static String hex(io.pentameter.contracts.v1.SpanRecordOrBuilder span) {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }
}
