package io.pentameter.aggregation.economics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.mapping.ScoreMapper;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.kit.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Value and cost of cases, with dollars worked out by hand, on the real engine. */
class EconomicsTest {

    private static final Instant NOON = Spans.noon();
    private static final Store STORE = Store.of("economics_test");

    private final Spans spans = new Spans(707);

    /**
     * Plan pro: s1 (0.5 inference + 0.1 retrieval) succeeded and sold for 3.25, s2 (0.4) failed, s3 (0.2) nobody knows. A
     * success is worth 2 + 0.5 h × 40 = 22, a failure costs 1.5, a review 0.7. Value 25.25; cost 1.1 + 0.1 + 0.01 + 0.7 + 1.5.
     */
    @Test
    void valueAndCostOfEachCohortAreWhatAPersonWouldWorkOut() {
        STORE.put(List.of(
                call("m1", "s1", "pro", SpanKind.SPAN_KIND_MODEL_CALL, 500_000_000),
                call("m1", "s1", "pro", SpanKind.SPAN_KIND_EMBEDDING, 100_000_000),
                call("m1", "s2", "pro", SpanKind.SPAN_KIND_MODEL_CALL, 400_000_000),
                call("m1", "s3", "pro", SpanKind.SPAN_KIND_MODEL_CALL, 200_000_000),
                call("m1", "s4", "free", SpanKind.SPAN_KIND_MODEL_CALL, 50_000_000)));
        outcome("m1", "o1", "s1", "1", "3250000000");
        outcome("m1", "o2", "s2", "0", "NULL");
        STORE.put(
                new ScoreMapper(),
                score("m1", "1", "s1", ScoreSource.SCORE_SOURCE_LLM_JUDGE)
                        .setCostNanoUsd(10_000_000)
                        .build(),
                score("m1", "2", "s2", ScoreSource.SCORE_SOURCE_HUMAN).build());

        Economics answer = ask(
                "m1",
                "\"cohort\":\"attr.plan\",\"worth\":{\"perSuccessUsd\":\"2\",\"hoursSavedPerSuccess\":0.5,\"hourUsd\":40,"
                        + "\"failureUsd\":1.5,\"humanReviewUsd\":\"0.7\"},");

        Economics.Numbers pro = answer.cohorts().getFirst().numbers();
        assertThat(answer.cohorts().getFirst().cohort()).isEqualTo("pro");
        assertThat(pro.valueUsd()).isEqualTo("25.25");
        assertThat(pro.costs()).isEqualTo(new Economics.Costs("1.1", "0.1", "0", "0.01", "0.7", "1.5"));
        assertThat(pro.costUsd()).isEqualTo("3.41");
        assertThat(pro.netUsd()).isEqualTo("21.84");
        assertThat(pro.returnOnCost()).isCloseTo(21.84 / 3.41, within(1e-6));
        assertThat(pro.unknown()).containsExactly("cases without outcome");
        // one case more at half a success of 25.25 and half a failure of 1.5
        Economics.Estimated estimated = Objects.requireNonNull(pro.estimated());
        assertThat(estimated.valueUsd()).isEqualTo("37.875");
        assertThat(estimated.netUsd()).isEqualTo("33.715");
        assertThat(estimated.successRateLow()).isLessThan(0.5);
        assertThat(estimated.n()).isEqualTo(2);
        assertThat(answer.total().cases()).isEqualTo(4);
        assertThat(answer.other()).isNull();
    }

    @Test
    void whatNobodySaidIsNotKnownAndIsNamed() {
        STORE.put(List.of(call("m2", "s1", "pro", SpanKind.SPAN_KIND_MODEL_CALL, 500_000_000)));
        STORE.put(
                new ScoreMapper(),
                score("m2", "1", "s1", ScoreSource.SCORE_SOURCE_HUMAN).build());

        Economics.Numbers total = ask("m2", "").total();

        assertThat(total.valueUsd()).isNull();
        assertThat(total.netUsd()).isNull();
        assertThat(total.costs().humanUsd()).isNull();
        assertThat(total.estimated()).isNull();
        assertThat(total.unknown()).containsExactly("humanUsd", "valueUsd", "cases without outcome");
    }

    @Test
    void cohortsAndOthersAddUpToTheLedger() {
        List<SpanRecord> all = new Spans(12).any("m3", NOON, 7000, 500);
        STORE.put(all);
        long ledger =
                all.stream().mapToLong(span -> span.getCost().getTotalNanoUsd()).sum();

        for (String cohort : List.of("feature", "attr.plan", "customer", "intent")) {
            Economics answer = ask("m3", "\"cohort\":\"%s\",\"limit\":2,".formatted(cohort));

            BigDecimal sum = answer.other() == null
                    ? BigDecimal.ZERO
                    : new BigDecimal(answer.other().numbers().costUsd());
            for (Economics.Cohort one : answer.cohorts()) {
                sum = sum.add(new BigDecimal(one.numbers().costUsd()));
            }
            assertThat(sum).as(cohort).isEqualByComparingTo(Usd.text(ledger));
            assertThat(answer.total().costUsd()).isEqualTo(Usd.text(ledger));
        }
    }

    @Test
    void anotherTenantsCasesAreNeverSeen() {
        STORE.put(List.of(call("m4", "s1", "secret", SpanKind.SPAN_KIND_MODEL_CALL, 500_000_000)));

        Economics answer = ask("m4-other", "\"cohort\":\"attr.plan\",");

        assertThat(answer.cohorts()).isEmpty();
        assertThat(answer.total().costUsd()).isEqualTo("0");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> body("{\"cohort\":\"tag\",\"limit\":1000,\"worth\":{\"perSuccessUsd\":-1,"
                                + "\"hourUsd\":3,\"failureUsd\":1e99}}")
                        .read())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().errors())
                                .extracting(fault -> fault.pointer())
                                .containsExactly(
                                        "/from",
                                        "/to",
                                        "/cohort",
                                        "/limit",
                                        "/worth/perSuccessUsd",
                                        "/worth",
                                        "/worth/failureUsd"));
    }

    private static Economics ask(String tenant, String rest) {
        EconomicsQuery query = body("{%s\"from\":\"%s\",\"to\":\"%s\"}".formatted(rest, NOON, NOON.plusSeconds(7200)))
                .read();
        return new Accounts(query.worth()).of(query, new SqlCases(STORE.reads(), tenant).read(query), null);
    }

    private static EconomicsQuery.Body body(String json) {
        try {
            return new ObjectMapper().readValue(json, EconomicsQuery.Body.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private SpanRecord call(String tenant, String session, String plan, SpanKind kind, long nano) {
        SpanRecord.Builder span = spans.request(tenant, NOON)
                .setKind(kind)
                .putAttributes("plan", plan)
                .setUsage(Usage.newBuilder().setInUncached(10))
                .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(nano));
        span.getDimensionsBuilder().setSession(session);
        return span.build();
    }

    private static ScoreRecord.Builder score(String tenant, String id, String session, ScoreSource source) {
        return ScoreRecord.newBuilder()
                .setTenant(tenant)
                .setScoreId(id)
                .setSession(session)
                .setSource(source)
                .setName("helpful")
                .setValue(1)
                .setCreatedAtUs(NOON.getEpochSecond() * 1_000_000);
    }

    private static void outcome(String tenant, String id, String session, String success, String nano) {
        STORE.reads()
                .run(
                        ("INSERT INTO outcome (tenant, outcome_id, trace_id, session, name, success, value_nano, version) VALUES"
                                        + " ('%s', '%s', unhex('%s'), '%s', 'sold', %s, %s, 1)")
                                .formatted(tenant, id, "00".repeat(16), session, success, nano),
                        new Bindings());
    }
}
