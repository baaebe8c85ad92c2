package io.pentameter.aggregation.clientmetric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.mapping.MetricMapper;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.MetricRecord;
import io.pentameter.contracts.v1.MetricType;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.statistics.quantile.LogBuckets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Increases of cumulative points, whatever happened to them on the way, and the spans' numbers beside them; by hand. */
class ClientMetricsTest {

    private static final Store STORE = Store.of("client_metrics_test");
    private static final Instant NOON = Spans.noon();
    private static final long MINUTE = 60_000_000L;

    @Test
    void aCounterIncreasesByDifferencesAndByTheValueAfterARestartInAnyOrderAndWithRepeats() {
        List<MetricRecord> points = new ArrayList<>(List.of(
                counter("restarts", "a", 0, 1, 10).build(),
                counter("restarts", "a", 0, 2, 25).build(),
                counter("restarts", "a", 0, 9, 26).build(),
                counter("restarts", "a", 10, 11, 4).build(),
                counter("restarts", "a", 10, 12, 9).build()));
        points.addAll(points.subList(1, 4));
        Collections.reverse(points);
        put(points);

        ClientMetricAnswer.Series all = only(ask("restarts", List.of(), null));
        ClientMetricAnswer.Series inTime = only(ask("restarts", List.of(), "PT5M"));

        assertThat(all.type()).isEqualTo("counter");
        assertThat(all.unit()).isEqualTo("{token}");
        assertThat(all.totals()).containsEntry("increase", 35.0).containsEntry("points", 5L);
        assertThat(all.totals().get("rate")).isEqualTo(35.0 / 3600);
        assertThat(Objects.requireNonNull(inTime.points()).subList(0, 4))
                .extracting(point -> point.values().get("increase"))
                .containsExactly(25.0, 1.0, 9.0, null);
    }

    @Test
    void whatWasCountedBeforeTheWindowIsNotCountedInIt() {
        put(List.of(
                counter("before", "known", -30, -1, 100).build(),
                counter("before", "known", -30, 1, 130).build(),
                counter("before", "old", -600, 1, 1000).build(),
                counter("before", "old", -600, 2, 1007).build(),
                counter("before", "unsaid", 0, 1, 50).setStartUs(0).build(),
                counter("before", "unsaid", 0, 2, 53).setStartUs(0).build(),
                counter("before", "unsaid", 0, 3, 20).setStartUs(0).build()));

        assertThat(only(ask("before", List.of(), null)).totals()).containsEntry("increase", 30.0 + 7.0 + 3.0 + 20.0);
    }

    @Test
    void twoClientsThatCallThemselvesTheSameAreNotTakenForRestarts() {
        put(List.of(
                counter("namesakes", "a", 0, 2, 10).build(),
                counter("namesakes", "a", 1, 3, 100).build(),
                counter("namesakes", "a", 0, 4, 11).build(),
                counter("namesakes", "a", 1, 5, 101).build()));

        assertThat(only(ask("namesakes", List.of(), null)).totals()).containsEntry("increase", 112.0);
    }

    @Test
    void anyHistoryOfRestartsGapsRepeatsAndDisorderSumsToWhatTheClientsCounted() {
        Random random = new Random(71);
        double truth = 0;
        List<MetricRecord> points = new ArrayList<>();
        for (int series = 0; series < 20; series++) {
            int start = random.nextInt(10);
            double value = 0;
            for (int at = start + 1; at < 59; at += 1 + random.nextInt(8)) {
                if (random.nextInt(5) == 0) {
                    start = at - 1;
                    value = 0;
                }
                int more = random.nextInt(1000);
                value += more;
                truth += more;
                points.add(counter("history", "s" + series, start, at, value).build());
            }
        }
        List<MetricRecord> sent = new ArrayList<>(points);
        points.stream().filter(_ -> random.nextInt(3) == 0).forEach(sent::add);
        Collections.shuffle(sent, random);
        for (int from = 0; from < sent.size(); from += 50) {
            put(sent.subList(from, Math.min(sent.size(), from + 50)));
        }

        assertThat(only(ask("history", List.of(), null)).totals()).containsEntry("increase", truth);
        double inTime = Objects.requireNonNull(
                        only(ask("history", List.of(), "PT7M")).points())
                .stream()
                .map(point -> point.values().get("increase"))
                .filter(Objects::nonNull)
                .mapToDouble(value -> (Double) value)
                .sum();
        assertThat(inTime).isEqualTo(truth);
    }

    @Test
    void histogramsAreDifferencesOfTheirBucketsAndQuantilesAreInterpolated() {
        put(List.of(
                histogram("explicit", 0, 1, List.of(1.0, 2.0, 4.0), List.of(2L, 0L, 0L, 0L), 1.5)
                        .build(),
                histogram("explicit", 0, 2, List.of(1.0, 2.0, 4.0), List.of(10L, 20L, 10L, 0L), 70)
                        .build(),
                histogram("explicit", 5, 6, List.of(1.0, 2.0, 4.0), List.of(0L, 0L, 0L, 4L), 30)
                        .build()));

        ClientMetricAnswer answer = ask("explicit", List.of(), "PT5M");
        ClientMetricAnswer.Series series = only(answer);
        Map<String, @Nullable Object> first =
                Objects.requireNonNull(series.points()).getFirst().values();

        assertThat(series.totals()).containsEntry("count", 44L).containsEntry("sum", 100.0);
        assertThat(series.method()).contains("linear");
        assertThat(first).containsEntry("count", 40L).containsEntry("mean", 70.0 / 40);
        assertThat((Double) first.get("p50")).isCloseTo(1.5, within(1e-12));
        assertThat((Double) first.get("p95")).isCloseTo(3.6, within(1e-12));
        assertThat(Objects.requireNonNull(series.points()).get(1).values()).containsEntry("p50", 4.0);
    }

    @Test
    void exponentialHistogramsHaveQuantilesWithinOnePercent() {
        MetricRecord.Builder point = histogram("logs", 0, 1, List.of(), List.of(), 404);
        for (int i = 1; i <= 101; i++) {
            point.putLogCounts(
                    LogBuckets.index(i * 0.04 * 1e9),
                    1 + point.getLogCountsOrDefault(LogBuckets.index(i * 0.04 * 1e9), 0));
        }
        put(List.of(point.setCount(101).build()));

        ClientMetricAnswer.Series series = only(ask("logs", List.of(), null));

        assertThat(series.method()).contains("1 %");
        assertThat((Double) series.totals().get("p50")).isCloseTo(51 * 0.04, within(51 * 0.04 * 0.01));
    }

    @Test
    void levelsAreNotSummedOverTime() {
        put(List.of(
                counter("gauge", "a", 0, 1, 3)
                        .setType(MetricType.METRIC_TYPE_GAUGE)
                        .setIsCumulative(false)
                        .build(),
                counter("gauge", "a", 0, 2, 8)
                        .setType(MetricType.METRIC_TYPE_GAUGE)
                        .setIsCumulative(false)
                        .build(),
                counter("gauge", "a", 0, 3, 4)
                        .setType(MetricType.METRIC_TYPE_GAUGE)
                        .setIsCumulative(false)
                        .build()));
        put(List.of(
                counter("level", "a", 0, 1, 3)
                        .setType(MetricType.METRIC_TYPE_UP_DOWN_COUNTER)
                        .build(),
                counter("level", "a", 0, 2, 2)
                        .setType(MetricType.METRIC_TYPE_UP_DOWN_COUNTER)
                        .build(),
                counter("level", "b", 0, 2, 5)
                        .setType(MetricType.METRIC_TYPE_UP_DOWN_COUNTER)
                        .build()));

        assertThat(only(ask("gauge", List.of(), null)).totals())
                .containsEntry("mean", 5.0)
                .containsEntry("min", 3.0)
                .containsEntry("max", 8.0)
                .containsEntry("last", 4.0);
        assertThat(only(ask("level", List.of(), null)).totals()).containsEntry("last", 7.0);
    }

    @Test
    void theTokensOfTheSpansStandBesideThoseThatTheClientCountedAndShowTheDifference() {
        String name = "gen_ai.client.token.usage";
        Spans spans = new Spans(72);
        for (int i = 0; i < 2; i++) {
            STORE.put(List.of(spans.request(name, NOON.plusSeconds(60))
                    .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                    .setDimensions(Dimensions.newBuilder().setModel("gpt-4o-mini"))
                    .setUsage(Usage.newBuilder()
                            .setInUncached(90)
                            .setInCacheRead(10)
                            .setOutText(30))
                    .build()));
        }
        put(List.of(
                histogram(name, 0, 1, List.of(64.0, 256.0), List.of(0L, 3L, 0L), 300)
                        .setDimensions(Dimensions.newBuilder().setModel("gpt-4o-mini"))
                        .putAttributes("gen_ai.token.type", "input")
                        .build(),
                histogram(name, 0, 1, List.of(64.0, 256.0), List.of(3L, 0L, 0L), 90)
                        .setSeries(series("out"))
                        .setDimensions(Dimensions.newBuilder().setModel("gpt-4o-mini"))
                        .putAttributes("gen_ai.token.type", "output")
                        .build()));

        ClientMetricAnswer answer = ask(name, List.of("model", "attr.gen_ai.token.type"), null);

        assertThat(answer.series())
                .extracting(series -> series.group() + " " + series.totals().get("count") + " "
                        + series.totals().get("sum"))
                .containsExactlyInAnyOrder(
                        "{model=gpt-4o-mini, attr.gen_ai.token.type=input} 3 300.0",
                        "{model=gpt-4o-mini, attr.gen_ai.token.type=output} 3 90.0");
        ClientMetricAnswer.Computed computed = Objects.requireNonNull(answer.computed());
        assertThat(computed.series())
                .extracting(series -> series.group() + " " + series.totals().get("count") + " "
                        + series.totals().get("sum"))
                .containsExactlyInAnyOrder(
                        "{model=gpt-4o-mini, attr.gen_ai.token.type=input} 2 200.0",
                        "{model=gpt-4o-mini, attr.gen_ai.token.type=output} 2 60.0");
        assertThat((Double) computed.series().getFirst().totals().get("p50")).isBetween(29.7, 101.0);
    }

    @Test
    void theNamesOfATenantAreListedAndThoseOfAnotherAreNot() {
        put(List.of(
                counter("listed", "a", 0, 1, 1).build(),
                counter("listed", "b", 0, 2, 1).build()));

        assertThat(new SqlClientMetrics(STORE.reads()).names("listed", NOON, NOON.plusSeconds(3600)))
                .containsExactly(new SqlClientMetrics.Name(
                        "listed", "{token}", "counter", 2, 2, NOON.plusSeconds(60), NOON.plusSeconds(120), false));
        assertThat(new SqlClientMetrics(STORE.reads()).names("unlisted", NOON, NOON.plusSeconds(3600)))
                .isEmpty();
    }

    @Test
    void wrongQueriesAreToldWhatIsWrong() {
        assertThatThrownBy(() -> new ClientMetricQueryReader()
                        .read(new ClientMetricQueryReader.Body(
                                "",
                                Arrays.asList("colour", null),
                                List.of(new FilterBody("latency", "gt", null)),
                                "yesterday",
                                null,
                                "PT1S",
                                Arrays.asList(0.5, 1.0, null),
                                0L)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().toString())
                                .contains(
                                        "/name",
                                        "/groupBy/0",
                                        "/groupBy/1",
                                        "/from",
                                        "/to",
                                        "/interval",
                                        "/quantiles/1",
                                        "/quantiles/2",
                                        "/limit"));
    }

    private static ClientMetricAnswer ask(String name, List<String> groupBy, @Nullable String interval) {
        ClientMetricQuery query = new ClientMetricQueryReader()
                .read(new ClientMetricQueryReader.Body(
                        name,
                        new ArrayList<>(groupBy),
                        null,
                        NOON.toString(),
                        NOON.plusSeconds(3600).toString(),
                        interval,
                        null,
                        null));
        return new SqlClientMetrics(STORE.reads()).answer(name, query);
    }

    private static ClientMetricAnswer.Series only(ClientMetricAnswer answer) {
        assertThat(answer.series()).hasSize(1);
        return answer.series().getFirst();
    }

    private static void put(List<MetricRecord> points) {
        STORE.put(new MetricMapper(), points.toArray(MetricRecord[]::new));
    }

    /** Of the tenant with the metric's name; times in minutes after noon. */
    private static MetricRecord.Builder counter(String name, String series, int start, int at, double value) {
        long noon = NOON.getEpochSecond() * 1_000_000;
        return MetricRecord.newBuilder()
                .setTenant(name)
                .setName(name)
                .setUnit("{token}")
                .setSeries(series(series))
                .setType(MetricType.METRIC_TYPE_COUNTER)
                .setIsCumulative(true)
                .setStartUs(noon + start * MINUTE)
                .setAtUs(noon + at * MINUTE)
                .setReceivedAtUs(noon + at * MINUTE + 5)
                .setValue(value);
    }

    private static MetricRecord.Builder histogram(
            String name, int start, int at, List<Double> bounds, List<Long> counts, double sum) {
        return counter(name, "a", start, at, 0)
                .setType(MetricType.METRIC_TYPE_HISTOGRAM)
                .addAllBounds(bounds)
                .addAllCounts(counts)
                .setCount(counts.stream().mapToLong(Long::longValue).sum())
                .setSum(sum);
    }

    private static ByteString series(String word) {
        return ByteString.copyFrom(Arrays.copyOf(word.getBytes(StandardCharsets.UTF_8), 16));
    }
}
