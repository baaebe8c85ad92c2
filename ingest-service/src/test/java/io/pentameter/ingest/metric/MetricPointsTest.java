package io.pentameter.ingest.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.MetricRecord;
import io.pentameter.contracts.v1.MetricType;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.ContentCoding;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.otlp.RawPoint;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.pseudonym.PseudonymKeys;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.statistics.quantile.LogBuckets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics by OTLP: each point becomes a record, as the client sent it. */
class MetricPointsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T16:00:00Z");
    private static final long NOW_NS = NOW.getEpochSecond() * 1_000_000_000L;
    private static final Sender ACME = new Sender("acme", "key_1", TenantSettings.STANDARD);

    @ParameterizedTest
    @CsvSource({"otel-json/01.json, JSON", "otel-proto/01.bin, PROTOBUF"})
    void capturedMetricsKeepWhatTheClientMeasured(String capture, OtlpEncoding encoding) {
        MetricPoints.Made made = made(captured(capture), encoding);

        List<MetricRecord> records = records(made);
        assertThat(made.refusals().total()).isZero();
        assertThat(records)
                .extracting(MetricRecord::getName)
                .containsExactly(
                        "gen_ai.client.token.usage",
                        "gen_ai.client.token.usage",
                        "gen_ai.client.operation.duration",
                        "app.requests",
                        "app.queue",
                        "app.temp");
        MetricRecord tokens = records.getFirst();
        assertThat(tokens.getType()).isEqualTo(MetricType.METRIC_TYPE_HISTOGRAM);
        assertThat(tokens.getUnit()).isEqualTo("{token}");
        assertThat(tokens.getIsCumulative()).isTrue();
        assertThat(tokens.getCount()).isEqualTo(1);
        assertThat(tokens.getSum()).isEqualTo(120);
        assertThat(tokens.getMax()).isEqualTo(120);
        assertThat(tokens.getBoundsList()).hasSize(9).startsWith(1.0, 4.0, 16.0);
        assertThat(tokens.getCountsList()).containsExactly(0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 0L, 0L);
        assertThat(tokens.getAttributesMap()).isEqualTo(Map.of("gen_ai.token.type", "input"));
        assertThat(tokens.getDimensions().getModel()).isEqualTo("gpt-4o-mini");
        assertThat(tokens.getDimensions().getProvider()).isEqualTo("openai");
        assertThat(tokens.getDimensions().getOperation()).isEqualTo("chat");
        assertThat(tokens.getDimensions().getService()).isEqualTo("my-llm-app");
        assertThat(tokens.getDimensions().getEnvironment()).isEqualTo("prod");
        assertThat(tokens.getStartUs()).isPositive().isLessThanOrEqualTo(tokens.getAtUs());
        assertThat(records.get(3).getType()).isEqualTo(MetricType.METRIC_TYPE_COUNTER);
        assertThat(records.get(3).getValue()).isEqualTo(3);
        assertThat(records.get(4).getType()).isEqualTo(MetricType.METRIC_TYPE_UP_DOWN_COUNTER);
        assertThat(records.get(4).getValue()).isEqualTo(-1);
        assertThat(records.get(5).getType()).isEqualTo(MetricType.METRIC_TYPE_GAUGE);
        assertThat(records.get(5).getStartUs()).isZero();
        assertThat(records.get(5).getValue()).isEqualTo(1.5);
        assertThat(records).extracting(MetricRecord::getSeries).doesNotHaveDuplicates();
        assertThat(made.records().getFirst().key())
                .isEqualTo(PartitionKey.ofSeries("acme", tokens.getSeries().toByteArray()));
    }

    @Test
    void theInstrumentationsOfJavaAndNodeAreReadInFull() {
        byte[] java = ContentCoding.GZIP.decompress(captured("java-opentelemetry-openai/04.bin"), 1 << 20, _ -> {});
        MetricPoints.Made ofJava = made(java == null ? new byte[0] : java, OtlpEncoding.PROTOBUF);
        MetricPoints.Made ofNode = made(captured("otel-instrumentation-openai/02.bin"), OtlpEncoding.PROTOBUF);

        assertThat(ofJava.refusals().total()).isZero();
        assertThat(records(ofJava))
                .filteredOn(record -> record.getName().equals("gen_ai.client.operation.duration"))
                .anySatisfy(record -> assertThat(record.getCount()).isEqualTo(2));
        assertThat(records(ofNode))
                .filteredOn(record -> record.getName().equals("gen_ai.client.token.usage"))
                .anySatisfy(record -> {
                    assertThat(record.getSum()).isEqualTo(360);
                    assertThat(record.getDimensions().getModel()).isEqualTo("gpt-4o-mini-2024-07-18");
                    assertThat(record.getDimensions().getRequestedModel()).isEqualTo("gpt-4o-mini");
                });
    }

    @Test
    void aSeriesIsTheSameWhateverTheOrderOfItsAttributesAndAnotherForAnotherValue() {
        NumberDataPoint.Builder one = number(1).addAttributes(text("a", "1")).addAttributes(text("b", "2"));
        NumberDataPoint.Builder turned = number(2).addAttributes(text("b", "2")).addAttributes(text("a", "1"));
        NumberDataPoint.Builder other = number(3).addAttributes(text("a", "12")).addAttributes(text("b", ""));

        List<MetricRecord> records = records(made(sum(one, turned, other)));

        assertThat(records.get(0).getSeries()).isEqualTo(records.get(1).getSeries());
        assertThat(records.get(0).getSeries()).isNotEqualTo(records.get(2).getSeries());
    }

    /** The boundaries of scale 0 are powers of two: 3 lies in (2, 4], whose geometric middle is the root of 8. */
    @Test
    void anExponentialHistogramBecomesLogarithmicBucketsOfTheSameTotal() {
        Metric histogram = exponential(0, 1, 5, List.of(3L, 0L, 4L));

        MetricRecord record = records(made(histogram)).getFirst();

        assertThat(record.getCount()).isEqualTo(12);
        assertThat(record.getLogCountsMap())
                .isEqualTo(Map.of(
                        (int) LogBuckets.ZERO_BUCKET,
                        5L,
                        (int) LogBuckets.index(Math.sqrt(8) * 1e9),
                        3L,
                        (int) LogBuckets.index(Math.sqrt(128) * 1e9),
                        4L));
        assertThat(record.getBoundsList()).isEmpty();
    }

    /** The bound of the Javadoc, for values of every size and the scales that SDKs use. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5, 6, 10, 20})
    void aQuantileOfTheConvertedBucketsIsWithinItsBound(int scale) {
        Random random = new Random(scale);
        double base = Math.pow(2, Math.pow(2, -scale));
        double bound = 1.01 * Math.sqrt(base) - 1 + 1e-9;
        for (int i = 0; i < 2_000; i++) {
            double value = Math.exp(random.nextDouble() * 14 - 7);
            int index = (int) Math.ceil(Math.log(value) / Math.log(base)) - 1;
            RawPoint.Exponential one = new RawPoint.Exponential(
                    new RawPoint.Totals(1, value, value, value),
                    scale,
                    0,
                    new RawPoint.Range(index, new long[] {1}),
                    new RawPoint.Range(0, new long[0]));
            int bucket = ExponentialBuckets.counts(one).firstKey();
            double back = LogBuckets.representative((short) bucket) / 1e9;
            assertThat(Math.abs(back / value - 1)).as("%s", value).isLessThanOrEqualTo(bound);
        }
    }

    @Test
    void whatIsWrongWithOnePointDoesNotHurtTheOthers() {
        Metric good = sum(number(1));
        Metric summary = Metric.newBuilder()
                .setName("old")
                .setSummary(Summary.newBuilder()
                        .addDataPoints(SummaryDataPoint.newBuilder().setTimeUnixNano(NOW_NS))
                        .addDataPoints(SummaryDataPoint.newBuilder().setTimeUnixNano(NOW_NS)))
                .build();
        Metric unsaid = Metric.newBuilder()
                .setName("unsaid")
                .setSum(Sum.newBuilder().addDataPoints(number(1)))
                .build();
        Metric late = sum(number(1).setTimeUnixNano(5));
        Metric endless = sum(number(Double.NaN));
        Metric mixed = histogram(List.of(2.0, 1.0), List.of(1L, 1L, 1L), 3);
        Metric short1 = histogram(List.of(1.0), List.of(1L), 1);
        Metric miscounted = histogram(List.of(1.0), List.of(1L, 1L), 5);
        Metric empty = sum(NumberDataPoint.newBuilder().setTimeUnixNano(NOW_NS).setFlags(1));
        NumberDataPoint.Builder wide = number(1);
        for (int i = 0; i < 65; i++) {
            wide.addAttributes(text("a" + i, "x"));
        }

        MetricPoints.Made made =
                made(good, summary, unsaid, late, endless, mixed, short1, miscounted, empty, sum(wide));

        assertThat(records(made))
                .singleElement()
                .satisfies(record -> assertThat(record.getValue()).isEqualTo(1));
        assertThat(made.refusals().counts())
                .isEqualTo(Map.of(
                        RefusalReason.METRIC_NOT_TAKEN, 2L,
                        RefusalReason.INVALID_POINT, 5L,
                        RefusalReason.TIME_OUT_OF_RANGE, 1L,
                        RefusalReason.TOO_MANY_ATTRIBUTES, 1L));
        assertThat(made.refusals().message())
                .contains("metric old: a summary is not taken")
                .contains("aggregationTemporality must be 1 (delta) or 2 (cumulative): 0")
                .contains("count must be the sum of the buckets: 5 and 2");
    }

    @Test
    void seriesBeyondTheLimitAreRefusedAndThoseThatAreKnownGoOn() {
        MetricPoints points = points(2, 50_000);
        byte[] body = request(
                        sum(number(1).addAttributes(text("id", "1"))),
                        sum(number(1).addAttributes(text("id", "2"))),
                        sum(number(1).addAttributes(text("id", "3"))))
                .toByteArray();
        Sender other = new Sender("other", "key_2", TenantSettings.STANDARD);

        MetricPoints.Made first = points.of(decoded(body, 50_000), ACME, NOW);
        MetricPoints.Made again = points.of(decoded(body, 50_000), ACME, NOW);
        MetricPoints.Made ofOther = points.of(decoded(body, 50_000), other, NOW);
        MetricPoints.Made later = points.of(
                decoded(request(sum(number(1).addAttributes(text("id", "4")))).toByteArray(), 50_000),
                ACME,
                NOW.plusSeconds(3600));

        assertThat(first.records()).hasSize(2);
        assertThat(first.refusals().counts()).isEqualTo(Map.of(RefusalReason.TOO_MANY_SERIES, 1L));
        assertThat(again.records()).hasSize(2);
        assertThat(ofOther.records()).hasSize(2);
        assertThat(later.records()).hasSize(1);
    }

    @Test
    void pointsBeyondTheLimitOfARequestAreCounted() {
        byte[] body = request(sum(number(1), number(2), number(3))).toByteArray();

        MetricPoints.Made made = points(100, 2).of(decoded(body, 2), ACME, NOW);

        assertThat(made.records()).hasSize(2);
        assertThat(made.refusals().counts()).isEqualTo(Map.of(RefusalReason.TOO_MANY_POINTS, 1L));
    }

    @Test
    void personalDataInAttributesIsRedacted() {
        MetricRecord record = records(made(sum(number(1)
                        .addAttributes(text("asked.by", "jane.doe@example.com"))
                        .addAttributes(text("user.id", "jane.doe@example.com")))))
                .getFirst();

        assertThat(record.getAttributesMap()).isEqualTo(Map.of("asked.by", "[email]"));
        assertThat(record.getDimensions().getUser()).startsWith("[email]#");
    }

    @Test
    void mutatedBodiesAreReadOrUndecodableAndNothingElse() {
        Random random = new Random(5);
        for (String capture : List.of("otel-json/01.json", "otel-proto/01.bin")) {
            byte[] body = captured(capture);
            OtlpEncoding encoding = capture.endsWith(".json") ? OtlpEncoding.JSON : OtlpEncoding.PROTOBUF;
            for (int i = 0; i < 3_000; i++) {
                byte[] mutated = body.clone();
                for (int j = 0; j <= random.nextInt(4); j++) {
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
                }
                try {
                    made(mutated, encoding);
                } catch (UndecodableException _) {
                    // the one answer to what cannot be read
                }
            }
        }
    }

    @Test
    void aBrokenPointOfJsonIsNamedAndTheOthersStay() {
        String body = """
                {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","gauge":{"dataPoints":[
                {"timeUnixNano":"%1$d","asInt":"7"},{"timeUnixNano":"%1$d","asInt":"x"},
                {"timeUnixNano":%1$d,"asDouble":"2.5"}]}}]}]}]}""".formatted(NOW_NS);

        MetricPoints.Made made = made(body.getBytes(java.nio.charset.StandardCharsets.UTF_8), OtlpEncoding.JSON);

        assertThat(records(made)).extracting(MetricRecord::getValue).containsExactly(7.0, 2.5);
        assertThat(made.refusals().message()).contains("asInt must be a whole number of 64 bits: x");
    }

    private static NumberDataPoint.Builder number(double value) {
        return NumberDataPoint.newBuilder()
                .setStartTimeUnixNano(NOW_NS - 1_000_000_000L)
                .setTimeUnixNano(NOW_NS)
                .setAsDouble(value);
    }

    private static Metric sum(NumberDataPoint.Builder... points) {
        Sum.Builder sum = Sum.newBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                .setIsMonotonic(true);
        for (NumberDataPoint.Builder point : points) {
            sum.addDataPoints(point);
        }
        return Metric.newBuilder().setName("calls").setSum(sum).build();
    }

    private static Metric histogram(List<Double> bounds, List<Long> counts, long count) {
        return Metric.newBuilder()
                .setName("latency")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .setTimeUnixNano(NOW_NS)
                                .setCount(count)
                                .addAllExplicitBounds(bounds)
                                .addAllBucketCounts(counts)))
                .build();
    }

    private static Metric exponential(int scale, int offset, long zeros, List<Long> counts) {
        long count = zeros + counts.stream().mapToLong(Long::longValue).sum();
        return Metric.newBuilder()
                .setName("latency")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                .setTimeUnixNano(NOW_NS)
                                .setCount(count)
                                .setScale(scale)
                                .setZeroCount(zeros)
                                .setPositive(ExponentialHistogramDataPoint.Buckets.newBuilder()
                                        .setOffset(offset)
                                        .addAllBucketCounts(counts))))
                .build();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ExportMetricsServiceRequest request(Metric... metrics) {
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
        for (Metric metric : metrics) {
            scope.addMetrics(metric);
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder().addScopeMetrics(scope))
                .build();
    }

    private static MetricPoints points(int maxSeries, int maxPoints) {
        return new MetricPoints(
                new Pseudonyms("test", PseudonymKeys.NONE),
                new SeriesLimit(maxSeries),
                new MetricPoints.Limits(maxPoints, Duration.ofDays(30), Duration.ofMinutes(10)));
    }

    private static MetricPoints.Made made(Metric... metrics) {
        return made(request(metrics).toByteArray(), OtlpEncoding.PROTOBUF);
    }

    private static MetricPoints.Made made(byte[] body, OtlpEncoding encoding) {
        return points(1_000, 50_000)
                .of(encoding.decodeMetrics(body, new NameTable(), DecodeLimits.ofSpans(50_000)), ACME, NOW);
    }

    private static io.pentameter.ingest.otlp.MetricDelivery decoded(byte[] body, int maxPoints) {
        return OtlpEncoding.PROTOBUF.decodeMetrics(body, new NameTable(), DecodeLimits.ofSpans(maxPoints));
    }

    private static List<MetricRecord> records(MetricPoints.Made made) {
        return made.records().stream()
                .map(logged -> {
                    try {
                        return MetricRecord.parseFrom(logged.value());
                    } catch (InvalidProtocolBufferException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static byte[] captured(String name) {
        try (InputStream in = MetricPointsTest.class.getResourceAsStream("/captures/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such capture: " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
