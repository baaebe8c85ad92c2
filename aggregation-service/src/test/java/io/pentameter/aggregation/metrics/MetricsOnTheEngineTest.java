package io.pentameter.aggregation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.mapping.ScoreMapper;
import io.pentameter.aggregation.rollup.AllTenantsSealer;
import io.pentameter.aggregation.rollup.RollupTable;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On the real engine; numbers are compared with what plain Java makes of the same spans. */
class MetricsOnTheEngineTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(86_400);
    private static final String ALL =
            "\"spans\",\"requests\",\"errors\",\"error_rate\",\"model_calls\",\"input_tokens\","
                    + "\"output_tokens\",\"cost_usd\",\"latency_p50\",\"latency_p95\",\"latency_p99\",\"model_latency_p95\","
                    + "\"ttft_p95\",\"tokens_per_second\",\"cached_tokens\",\"reasoning_tokens\",\"total_tokens\","
                    + "\"cost_per_request\",\"model_call_error_rate\",\"model_call_errors\",\"requests_per_minute\"";
    private static final Store STORE = Store.of("metrics_test");

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
    void sealedAndRawGiveTheSameAnswer() {
        STORE.put(new Spans(2).any("sealed", NOON, 7200, 4000));
        seal(LATER);
        assertThat(STORE.number("SELECT count() FROM rollup_model_5m FINAL WHERE tenant = 'sealed'"))
                .isPositive();

        for (String shape : List.of(
                query(ALL, "", "", ""),
                query(ALL, "\"feature\"", "", ""),
                query(ALL, "\"model\",\"feature\"", ",\"interval\":\"PT5M\"", ""),
                query(ALL, "\"release\",\"key\"", ",\"interval\":\"PT1H\"", ""),
                query(ALL, "\"provider\"", ",\"interval\":\"PT10M\"", filter("environment", "prod")),
                query(ALL, "", ",\"from\":\"2026-11-20T12:03:11Z\",\"to\":\"2026-11-20T13:41:07Z\"", ""))) {
            assertThat(RollupChoice.of(parse(shape))).as(shape).isPresent();

            assertThat(json(sealed("sealed", shape))).as(shape).isEqualTo(json(raw("sealed", shape)));
        }
    }

    @Test
    void aLateSpanAndACorrectedOneAreInTheAnswerAtOnceAndAfterTheNextSeal() {
        List<SpanRecord> spans = new Spans(3).any("late", NOON, 3600, 500);
        STORE.put(spans);
        seal(LATER);
        SpanRecord corrected = spans.getFirst().toBuilder()
                .setReceivedAtUs(spans.getFirst().getReceivedAtUs() + 1)
                .setDimensions(spans.getFirst().getDimensions().toBuilder().setFeature("corrected"))
                .build();
        String byFeature = query(ALL, "\"feature\"", "", "");

        STORE.put(List.of(
                corrected, new Spans(4).request("late", NOON.plusSeconds(77)).build()));
        String before = json(sealed("late", byFeature));
        seal(LATER.plusSeconds(1000));
        String after = json(sealed("late", byFeature));

        assertThat(before).isEqualTo(json(raw("late", byFeature))).isEqualTo(after);
        assertThat(sealed("late", byFeature).totals().get("spans")).isEqualTo(501L);
        assertThat(after).contains("corrected");
    }

    @Test
    void aGroupThatVanishesLeavesTheRollup() {
        SpanRecord first = new Spans(5)
                .request("vanish", NOON)
                .setDimensions(
                        io.pentameter.contracts.v1.Dimensions.newBuilder().setFeature("old"))
                .build();
        STORE.put(List.of(first));
        seal(LATER);
        SpanRecord moved = first.toBuilder()
                .setReceivedAtUs(first.getReceivedAtUs() + 1)
                .setDimensions(first.getDimensions().toBuilder().setFeature("new"))
                .build();

        STORE.put(List.of(moved));
        seal(LATER.plusSeconds(1000));

        assertThat(STORE.all(
                        "SELECT feature FROM rollup_model_5m FINAL WHERE tenant = 'vanish'", row -> row.getString(1)))
                .containsExactly("new");
    }

    @Test
    void aSpanThatIsDeliveredTwiceCountsOnce() {
        List<SpanRecord> spans = new Spans(6).any("twice", NOON, 600, 200);
        STORE.put(spans);
        STORE.put(spans);
        seal(LATER);

        assertThat(raw("twice", query("\"spans\"", "", "", "")).totals().get("spans"))
                .isEqualTo(200L);
        assertThat(sealed("twice", query("\"spans\"", "", "", "")).totals().get("spans"))
                .isEqualTo(200L);
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

    @Test
    void anotherTenantsSpansAreNeverSeenNotEvenByAQueryThatForgetsThem() {
        STORE.put(new Spans(12).any("mine", NOON, 600, 50));
        STORE.put(new Spans(13).any("yours", NOON, 600, 70));
        Bindings bindings = new Bindings();
        String careless = "SELECT count() FROM span WHERE (" + TenantQuery.TENANT + " OR tenant != '')";

        assertThat(STORE.reads().read(new TenantQuery("mine", careless, bindings), row -> row.getLong(1)))
                .containsExactly(50L);
        assertThat(raw("mine", query("\"spans\"", "", "", "")).totals().get("spans"))
                .isEqualTo(50L);
    }

    @Test
    void theQueryOfAllTenantsGivesEachTenantItsOwnAnswer() {
        STORE.put(new Spans(14).any("a14", NOON, 600, 50));
        STORE.put(new Spans(15).any("b14", NOON, 600, 70));
        seal(LATER);
        MetricsQuery query = parse(query(ALL, "\"feature\"", "", ""));
        QueryRunner runner = new QueryRunner() {
            @Override
            public <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row) {
                return STORE.reads().read(new io.pentameter.aggregation.engine.AllTenantsQuery(sql, bindings), row);
            }
        };

        Metrics.Rows rows = new Metrics(new QueryScope.AllTenants(List.of("a14", "b14")), runner, true).read(query);
        AnswerBuilder answers = new AnswerBuilder(query, rows, null, 1);

        for (String tenant : List.of("a14", "b14")) {
            assertThat(json(answers.of(List.of(tenant))))
                    .isEqualTo(json(raw(tenant, query(ALL, "\"feature\"", "", ""))));
        }
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

    private static void seal(Instant now) {
        AllTenantsSealer sealer =
                new AllTenantsSealer(STORE.reads(), STORE.reads(), STORE.inserts(), Clock.fixed(now, ZoneOffset.UTC));
        for (RollupTable rollup : RollupTable.values()) {
            sealer.seal(
                    rollup,
                    new AllTenantsSealer.Round(
                            Duration.ofDays(3), Duration.ofSeconds(60), Duration.ofSeconds(1), 10_000));
        }
    }

    private static MetricsAnswer raw(String tenant, String json) {
        return ask(tenant, json, false);
    }

    private static MetricsAnswer sealed(String tenant, String json) {
        return ask(tenant, json, true);
    }

    private static MetricsAnswer ask(String tenant, String json, boolean rollups) {
        MetricsQuery query = parse(json);
        QueryRunner runner = new QueryRunner() {
            @Override
            public <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row) {
                return STORE.reads().read(new TenantQuery(tenant, sql, bindings), row);
            }
        };
        Metrics.Rows rows = new Metrics(new QueryScope.OneTenant(tenant), runner, rollups).read(query);
        return new AnswerBuilder(query, rows, null, 0).of(List.of());
    }

    private static MetricsQuery parse(String json) {
        try {
            MetricsQueryBody body = new ObjectMapper().readValue(json, MetricsQueryBody.class);
            return switch (new MetricsQueryReader(1000).read(body)) {
                case MetricsQueryReader.Reading.Good(MetricsQuery query) -> query;
                case MetricsQueryReader.Reading.Bad(var faults) -> throw new AssertionError(faults);
            };
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private static String json(MetricsAnswer answer) {
        try {
            return new ObjectMapper().findAndRegisterModules().writeValueAsString(answer);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String query(String measures, String groupBy, String rest, String filter) {
        String window =
                rest.contains("from") ? "" : ",\"from\":\"2026-11-20T12:00:00Z\",\"to\":\"2026-11-20T14:00:00Z\"";
        return "{\"measures\":[%s],\"groupBy\":[%s],\"filters\":[%s]%s%s}"
                .formatted(measures, groupBy, filter, window, rest);
    }

    private static String filter(String dimension, String value) {
        return "{\"dimension\":\"%s\",\"op\":\"eq\",\"value\":\"%s\"}".formatted(dimension, value);
    }
}
