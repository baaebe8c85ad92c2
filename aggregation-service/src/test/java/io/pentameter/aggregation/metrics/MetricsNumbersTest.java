package io.pentameter.aggregation.metrics;

import static io.pentameter.aggregation.metrics.EngineMetrics.ALL;
import static io.pentameter.aggregation.metrics.EngineMetrics.LATER;
import static io.pentameter.aggregation.metrics.EngineMetrics.NOON;
import static io.pentameter.aggregation.metrics.EngineMetrics.STORE;
import static io.pentameter.aggregation.metrics.EngineMetrics.filter;
import static io.pentameter.aggregation.metrics.EngineMetrics.query;
import static io.pentameter.aggregation.metrics.EngineMetrics.raw;
import static io.pentameter.aggregation.metrics.EngineMetrics.seal;
import static io.pentameter.aggregation.metrics.EngineMetrics.sealed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.mapping.ScoreMapper;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What plain Java makes of the same spans is what the engine answers. */
class MetricsNumbersTest {

    @Test
    void totalsAreThoseOfTheSpansToTheNanoDollarAndPercentilesWithinOnePercent() {
        List<SpanRecord> spans = new Spans(1).any("totals", NOON, 7200, 3000);
        STORE.put(spans);

        Map<String, @Nullable Object> totals =
                raw("totals", query(ALL, "", "", "")).totals();

        assertThat(totals.get("spans")).isEqualTo(3000L);
        assertThat(totals.get("requests"))
                .isEqualTo(spans.stream().filter(SpanRecord::getIsRequest).count());
        long nano = spans.stream()
                .map(SpanRecord::getCost)
                .filter(Cost::getKnown)
                .mapToLong(Cost::getTotalNanoUsd)
                .sum();
        assertThat(new BigDecimal(String.valueOf(totals.get("cost_usd"))))
                .isEqualByComparingTo(BigDecimal.valueOf(nano, 9));
        long[] requests = spans.stream()
                .filter(SpanRecord::getIsRequest)
                .mapToLong(SpanRecord::getDurationNs)
                .sorted()
                .toArray();
        long[] calls = spans.stream()
                .filter(span -> span.getKind() == SpanKind.SPAN_KIND_MODEL_CALL
                        || span.getKind() == SpanKind.SPAN_KIND_EMBEDDING)
                .mapToLong(SpanRecord::getDurationNs)
                .sorted()
                .toArray();
        assertWithinOnePercent(totals.get("latency_p50"), requests, 0.5);
        assertWithinOnePercent(totals.get("latency_p95"), requests, 0.95);
        assertWithinOnePercent(totals.get("latency_p99"), requests, 0.99);
        assertWithinOnePercent(totals.get("model_latency_p95"), calls, 0.95);
    }

    @Test
    void theGroupsOfEveryDimensionSumToTheTotalExactly() {
        STORE.put(new Spans(7).any("groups", NOON, 7200, 1500));
        seal(LATER);
        List<String> words = new ArrayList<>(Dimension.words());
        words.removeLast();
        words.add("attr.plan");

        for (String word : words) {
            MetricsAnswer answer = sealed("groups", query(ALL, "\"" + word + "\"", ",\"limit\":1000", ""));

            for (String measure : List.of("spans", "requests", "errors", "input_tokens", "output_tokens")) {
                long sum = answer.series().stream()
                        .map(series -> series.totals().get(measure))
                        .filter(Objects::nonNull)
                        .mapToLong(value -> (Long) value)
                        .sum();
                assertThat(sum)
                        .as(word + " " + measure)
                        .isEqualTo(answer.totals().get(measure));
            }
            BigDecimal cost = answer.series().stream()
                    .map(series -> series.totals().get("cost_usd"))
                    .filter(Objects::nonNull)
                    .map(value -> new BigDecimal(String.valueOf(value)))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(cost)
                    .as(word)
                    .isEqualByComparingTo(
                            new BigDecimal(String.valueOf(answer.totals().get("cost_usd"))));
        }
    }

    @Test
    void thePointsOfASeriesSumToItsTotal() {
        STORE.put(new Spans(8).any("points", NOON, 7200, 1500));

        MetricsAnswer answer =
                raw("points", query("\"spans\",\"cost_usd\"", "\"feature\"", ",\"interval\":\"PT7M\",\"limit\":3", ""));

        assertThat(answer.series()).hasSize(3);
        assertThat(answer.truncated()).isTrue();
        for (MetricsAnswer.Series series : answer.series()) {
            assertThat(Objects.requireNonNull(series.points()).stream()
                            .mapToLong(point ->
                                    (Long) Objects.requireNonNull(point.values().get("spans")))
                            .sum())
                    .isEqualTo(series.totals().get("spans"));
        }
    }

    @Test
    void whatIsNotKnownIsNullAndLowersTheCoverage() {
        Spans spans = new Spans(9);
        SpanRecord unknown = spans.request("unknown", NOON)
                .setIsRequest(false)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setUsage(io.pentameter.contracts.v1.Usage.newBuilder().setInUncached(5))
                .setCost(Cost.newBuilder().setUnknownReason("model_unknown"))
                .build();
        STORE.put(List.of(unknown));

        MetricsAnswer answer = raw(
                "unknown", query("\"cost_usd\",\"input_tokens\",\"error_rate\",\"ttft_p95\",\"requests\"", "", "", ""));

        assertThat(answer.totals())
                .containsEntry("cost_usd", null)
                .containsEntry("error_rate", null)
                .containsEntry("ttft_p95", null)
                .containsEntry("input_tokens", 5L)
                .containsEntry("requests", 0L);
        assertThat(answer.coverage().priced()).isEqualTo(0.0);
    }

    @Test
    void nothingIsAnsweredWithNothing() {
        MetricsAnswer answer = raw("nobody", query(ALL, "", ",\"interval\":\"PT1H\"", ""));

        assertThat(answer.totals())
                .containsEntry("spans", 0L)
                .containsEntry("cost_usd", "0")
                .containsEntry("latency_p95", null);
        assertThat(answer.coverage().priced()).isNull();
        assertThat(answer.series()).hasSize(1);
    }

    @Test
    void thumbsTakeFeatureAndModelFromTheirTrace() {
        SpanRecord span = new Spans(10)
                .request("thumbs", NOON)
                .setDimensions(
                        io.pentameter.contracts.v1.Dimensions.newBuilder().setFeature("search"))
                .build();
        STORE.put(List.of(span));
        STORE.put(new ScoreMapper(), thumb(span, "s1", true), thumb(span, "s2", false), thumb(span, "s2", true));
        STORE.put(new ScoreMapper(), thumb(span, "s3", false));

        MetricsAnswer answer = raw(
                "thumbs",
                query(
                        "\"thumbs_up\",\"thumbs_down\",\"thumbs_down_rate\",\"spans\"",
                        "\"feature\"",
                        ",\"interval\":\"PT1H\"",
                        filter("feature", "search")));

        assertThat(answer.series()).hasSize(1);
        assertThat(answer.series().getFirst().totals())
                .containsEntry("thumbs_up", 2L)
                .containsEntry("thumbs_down", 1L)
                .containsEntry("spans", 1L);
        assertThat((Double) answer.totals().get("thumbs_down_rate")).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void filtersOfEveryKindFilter() {
        List<SpanRecord> spans = new Spans(11).any("filters", NOON, 600, 400);
        STORE.put(spans);
        long pro = spans.stream()
                .filter(span -> span.getAttributesOrThrow("plan").equals("pro"))
                .count();
        long slow = spans.stream()
                .filter(span -> span.getDurationNs() > 500_000_000L)
                .count();
        long known = spans.stream()
                .filter(span -> !span.getDimensions().getFeature().isEmpty())
                .count();

        assertThat(count("filters", "{\"dimension\":\"attr.plan\",\"op\":\"eq\",\"value\":\"pro\"}"))
                .isEqualTo(pro);
        assertThat(count("filters", "{\"dimension\":\"latency\",\"op\":\"gt\",\"value\":0.5}"))
                .isEqualTo(slow);
        assertThat(count("filters", "{\"dimension\":\"feature\",\"op\":\"exists\"}"))
                .isEqualTo(known);
        assertThat(count("filters", "{\"dimension\":\"feature\",\"op\":\"eq\",\"value\":null}"))
                .isEqualTo(400 - known);
        assertThat(count("filters", "{\"dimension\":\"feature\",\"op\":\"contains\",\"value\":\"TURE-\"}"))
                .isEqualTo(known);
        assertThat(count(
                        "filters", "{\"dimension\":\"customer\",\"op\":\"not_in\",\"value\":[\"it's\\\\\\t'\",\"x\"]}"))
                .isEqualTo(400);
        assertThat(count("filters", "{\"dimension\":\"error\",\"op\":\"in\",\"value\":[true,false]}"))
                .isEqualTo(400);
    }

    private static ScoreRecord thumb(SpanRecord span, String id, boolean up) {
        return ScoreRecord.newBuilder()
                .setTenant(span.getTenant())
                .setScoreId(id)
                .setTraceId(span.getTraceId())
                .setName("thumbs")
                .setSource(ScoreSource.SCORE_SOURCE_END_USER)
                .setPassed(up)
                .setCreatedAtUs(span.getStartNs() / 1000 + (up ? 2 : 1))
                .build();
    }

    private static long count(String tenant, String filter) {
        return (Long) Objects.requireNonNull(
                raw(tenant, query("\"spans\"", "", "", filter)).totals().get("spans"));
    }

    private static void assertWithinOnePercent(@Nullable Object value, long[] sorted, double q) {
        double exact = sorted[(int) Math.floor(q * (sorted.length - 1))] / 1e9;
        assertThat((Double) value).isBetween(exact * 0.99, exact * 1.01);
    }
}
