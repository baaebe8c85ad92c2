package io.pentameter.aggregation.metrics;

import static io.pentameter.aggregation.metrics.EngineMetrics.NOON;
import static io.pentameter.aggregation.metrics.EngineMetrics.STORE;
import static io.pentameter.aggregation.metrics.EngineMetrics.filter;
import static io.pentameter.aggregation.metrics.EngineMetrics.query;
import static io.pentameter.aggregation.metrics.EngineMetrics.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.aggregation.mapping.OutcomeMapper;
import io.pentameter.aggregation.mapping.ScoreMapper;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.OutcomeRecord;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.kit.problem.Problem.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What users said and what came of it, as measures; by hand. */
class FactNumbersTest {

    private static final String OUTCOMES = "\"outcomes\",\"resolved\",\"outcome_value_usd\"";

    @Test
    void outcomesTakeTheirDimensionsFromTheirTraceWeeksAgoOrFromTheirSession() {
        Spans spans = new Spans(51);
        SpanRecord weeksAgo = request(spans, "outcomes", NOON.minus(Duration.ofDays(30)), "search", "s-1");
        SpanRecord today = request(spans, "outcomes", NOON, "chat", "s-2");
        STORE.put(List.of(weeksAgo, today));
        STORE.put(
                new OutcomeMapper(),
                outcome("outcomes", "o1", "ticket_closed")
                        .setTraceId(weeksAgo.getTraceId())
                        .setSuccess(true)
                        .build(),
                outcome("outcomes", "o2", "ticket_closed")
                        .setSession("s-2")
                        .setSuccess(false)
                        .build(),
                outcome("outcomes", "o3", "sale")
                        .setSession("s-2")
                        .setValueNanoUsd(12_500_000_001L)
                        .build(),
                outcome("outcomes", "o4", "sale")
                        .setTraceId(weeksAgo.getTraceId())
                        .setFeature("said")
                        .setValueNanoUsd(1_000_000_000L)
                        .build());

        MetricsAnswer byFeature = raw("outcomes", query(OUTCOMES, "\"feature\",\"outcome\"", "", ""));

        assertThat(byFeature.totals())
                .containsEntry("outcomes", 4L)
                .containsEntry("resolved", 0.5)
                .containsEntry("outcome_value_usd", "13.500000001");
        assertThat(byFeature.series())
                .extracting(MetricsAnswer.Series::group)
                .containsExactlyInAnyOrder(
                        Map.of("feature", "search", "outcome", "ticket_closed"),
                        Map.of("feature", "chat", "outcome", "ticket_closed"),
                        Map.of("feature", "chat", "outcome", "sale"),
                        Map.of("feature", "said", "outcome", "sale"));
        assertThat(raw("outcomes", query(OUTCOMES, "", "", filter("feature", "search")))
                        .totals())
                .containsEntry("outcomes", 1L)
                .containsEntry("resolved", 1.0)
                .containsEntry("outcome_value_usd", null);
        assertThat(raw("outcomes", query(OUTCOMES, "", "", filter("outcome", "sale")))
                        .totals())
                .containsEntry("outcomes", 2L)
                .containsEntry("resolved", null);
    }

    @Test
    void anOutcomeThatIsToldAgainReplacesTheEarlierAndOneTakenBackIsNone() {
        STORE.put(
                new OutcomeMapper(),
                outcome("again", "o1", "resolved").setSuccess(false).build(),
                outcome("again", "o2", "resolved").setSuccess(false).build());
        STORE.put(
                new OutcomeMapper(),
                outcome("again", "o1", "resolved")
                        .setReceivedAtUs(later())
                        .setSuccess(true)
                        .build(),
                outcome("again", "o2", "resolved")
                        .setReceivedAtUs(later())
                        .setIsDeleted(true)
                        .build());

        assertThat(raw("again", query(OUTCOMES, "", ",\"interval\":\"PT1H\"", ""))
                        .totals())
                .containsEntry("outcomes", 1L)
                .containsEntry("resolved", 1.0);
    }

    @Test
    void feedbackOfEveryKindIsAMeasureBesideThoseOfSpans() {
        SpanRecord span = request(new Spans(52), "feedback", NOON, "search", "s-1");
        STORE.put(List.of(span));
        STORE.put(
                new ScoreMapper(),
                score(span, "f1", "acceptance").setPassed(true).build(),
                score(span, "f2", "acceptance").setPassed(true).build(),
                score(span, "f3", "acceptance").setPassed(false).build(),
                score(span, "f4", "rating").setValue(5).build(),
                score(span, "f5", "rating").setValue(2).build(),
                score(span, "f6", "edit_distance").setValue(0.25).build(),
                score(span, "f7", "comment").setLabel("comment").build(),
                score(span, "f8", "thumbs").setPassed(false).build(),
                score(span, "f9", "helpful").setValue(1).build());

        MetricsAnswer answer = raw(
                "feedback",
                query(
                        "\"requests\",\"acceptance_rate\",\"rating_mean\",\"rating_count\",\"edit_distance_mean\","
                                + "\"feedback_count\",\"thumbs_down_rate\",\"outcomes\"",
                        "\"feature\"",
                        ",\"interval\":\"PT1H\",\"orderBy\":\"rating_mean\"",
                        filter("session", "s-1")));

        assertThat(answer.series()).hasSize(1);
        Map<String, ?> totals = answer.series().getFirst().totals();
        assertThat(totals.get("requests")).isEqualTo(1L);
        assertThat((Double) totals.get("acceptance_rate")).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(totals.get("rating_mean")).isEqualTo(3.5);
        assertThat(totals.get("rating_count")).isEqualTo(2L);
        assertThat(totals.get("edit_distance_mean")).isEqualTo(0.25);
        assertThat(totals.get("feedback_count")).isEqualTo(8L);
        assertThat(totals.get("thumbs_down_rate")).isEqualTo(1.0);
        assertThat(totals.get("outcomes")).isEqualTo(0L);
        assertThat(Objects.requireNonNull(answer.series().getFirst().points())
                        .getFirst()
                        .values()
                        .get("rating_mean"))
                .isEqualTo(3.5);
    }

    @Test
    void seriesAreOrderedByTheMoneyOfTheirOutcomes() {
        STORE.put(
                new OutcomeMapper(),
                outcome("ranked", "o1", "small").setValueNanoUsd(9_000_000_000L).build(),
                outcome("ranked", "o2", "large")
                        .setValueNanoUsd(10_000_000_000L)
                        .build(),
                outcome("ranked", "o3", "none").build());

        assertThat(raw("ranked", query(OUTCOMES, "\"outcome\"", ",\"orderBy\":\"-outcome_value_usd\"", ""))
                        .series())
                .extracting(series -> series.group().get("outcome"))
                .containsExactly("large", "small", "none");
    }

    @Test
    void theNameOfAnOutcomeGroupsAndFiltersOutcomesOnly() {
        List<Fault> faults = switch (new MetricsQueryReader(1000)
                .read(new MetricsQueryBody(
                        List.of("outcomes", "requests"),
                        List.of("outcome"),
                        null,
                        "2026-11-01T00:00:00Z",
                        "2026-11-02T00:00:00Z",
                        null,
                        null,
                        null,
                        null,
                        null))) {
            case MetricsQueryReader.Reading.Good _ -> List.of();
            case MetricsQueryReader.Reading.Bad(var bad) -> bad;
        };

        assertThat(faults).hasSize(1);
        assertThat(faults.getFirst().toString()).contains("/groupBy").contains("requests");
    }

    private static SpanRecord request(Spans spans, String tenant, Instant start, String feature, String session) {
        return spans.request(tenant, start)
                .setDimensions(Dimensions.newBuilder().setFeature(feature).setSession(session))
                .build();
    }

    private static OutcomeRecord.Builder outcome(String tenant, String id, String name) {
        long now = NOON.plusSeconds(60).getEpochSecond() * 1_000_000;
        return OutcomeRecord.newBuilder()
                .setTenant(tenant)
                .setOutcomeId(id)
                .setName(name)
                .setOccurredAtUs(now)
                .setReceivedAtUs(now);
    }

    private static long later() {
        return NOON.plusSeconds(120).getEpochSecond() * 1_000_000;
    }

    private static ScoreRecord.Builder score(SpanRecord span, String id, String name) {
        return ScoreRecord.newBuilder()
                .setTenant(span.getTenant())
                .setScoreId(id)
                .setTraceId(span.getTraceId())
                .setName(name)
                .setSource(ScoreSource.SCORE_SOURCE_END_USER)
                .setCreatedAtUs(span.getStartNs() / 1000 + 1);
    }
}
