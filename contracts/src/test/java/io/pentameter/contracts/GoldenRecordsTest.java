package io.pentameter.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.pentameter.contracts.v1.AlertRecord;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.contracts.v1.ChangeRecord;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.IntakeRecord;
import io.pentameter.contracts.v1.MetricRecord;
import io.pentameter.contracts.v1.MetricType;
import io.pentameter.contracts.v1.OutcomeRecord;
import io.pentameter.contracts.v1.Refusal;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.TenantConfigRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that were once written must be read for ever: a field number that changes its meaning fails here. */
class GoldenRecordsTest {

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of("span", GoldenSpans.span(), SpanRecord.parser()),
                Arguments.of("span-provenance", GoldenSpans.spanWithProvenance(), SpanRecord.parser()),
                Arguments.of("span-running", GoldenSpans.runningSpan(), SpanRecord.parser()),
                Arguments.of("span-priced", GoldenSpans.pricedSpan(), SpanRecord.parser()),
                Arguments.of("prices-config", GoldenConfigs.pricesConfig(), TenantConfigRecord.parser()),
                Arguments.of("price-book-config", GoldenConfigs.priceBookConfig(), TenantConfigRecord.parser()),
                Arguments.of("metric", metric(), MetricRecord.parser()),
                Arguments.of("outcome", outcome(), OutcomeRecord.parser()),
                Arguments.of("change", change(), ChangeRecord.parser()),
                Arguments.of("redaction-config", GoldenConfigs.redactionConfig(), TenantConfigRecord.parser()),
                Arguments.of("classifier-config", GoldenConfigs.classifierConfig(), TenantConfigRecord.parser()),
                Arguments.of("score", score(), ScoreRecord.parser()),
                Arguments.of("intake", intake(), IntakeRecord.parser()),
                Arguments.of("audit", audit(), AuditRecord.parser()),
                Arguments.of("alert", alert(), AlertRecord.parser()),
                Arguments.of("tenant-config", GoldenConfigs.tenantConfig(), TenantConfigRecord.parser()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void theGoldenBytesStillMeanTheSameRecord(String name, Message record, Parser<? extends Message> parser)
            throws IOException {
        byte[] golden = HexFormat.of().parseHex(resource(name));

        assertThat(parse(parser, golden)).isEqualTo(record);
    }

    private static Message parse(Parser<? extends Message> parser, byte[] bytes) throws InvalidProtocolBufferException {
        return parser.parseFrom(bytes);
    }

    private static String resource(String name) throws IOException {
        String path = "/golden/" + name + ".v1.hex";
        try (InputStream in = GoldenRecordsTest.class.getResourceAsStream(path)) {
            return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.US_ASCII).strip();
        }
    }

    private static ScoreRecord score() {
        return ScoreRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setScoreId("s1")
                .setTraceId(GoldenSpans.TRACE)
                .setSpanId(GoldenSpans.SPAN)
                .setName("refusal")
                .setSource(ScoreSource.SCORE_SOURCE_CODE)
                .setRater("heuristic:refusal")
                .setValue(0)
                .setPassed(false)
                .setInclusionProbability(0.05)
                .addSamplingRules("floor")
                .setCreatedAtUs(1_795_000_000_000_000L)
                .build();
    }

    private static IntakeRecord intake() {
        return IntakeRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setKeyId("key_1")
                .setIntakeId("i1")
                .setReceivedAtUs(1_795_000_000_000_000L)
                .setReceived(3)
                .setAccepted(2)
                .addRefused(Refusal.newBuilder().setReason("time_out_of_range").setSpans(1))
                .build();
    }

    private static AuditRecord audit() {
        return AuditRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setAuditId("a1")
                .setAtUs(1_795_000_000_000_000L)
                .setActorKind("person")
                .setActorId("u1")
                .setAction("key.create")
                .setObject("key_1")
                .setResult("allowed")
                .putDetails("scopes", "ingest")
                .build();
    }

    private static AlertRecord alert() {
        return AlertRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setTransitionId("t1")
                .setFingerprint("f1")
                .setRuleId("r1")
                .setState("firing")
                .setSeverity("critical")
                .setAtUs(1_795_000_000_000_000L)
                .setValue(2.5)
                .setThreshold(2)
                .putGroup("feature", "support")
                .setSample(40)
                .build();
    }

    private static MetricRecord metric() {
        return MetricRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setKeyId("key_1")
                .setReceivedAtUs(1_795_000_000_000_000L)
                .setSeries(GoldenSpans.TRACE)
                .setName("gen_ai.client.operation.duration")
                .setUnit("s")
                .setType(MetricType.METRIC_TYPE_HISTOGRAM)
                .setIsCumulative(true)
                .setStartUs(1_794_999_000_000_000L)
                .setAtUs(1_794_999_999_000_000L)
                .setCount(3)
                .setSum(1.5)
                .setMin(0.25)
                .setMax(0.75)
                .addBounds(0.5)
                .addCounts(2)
                .addCounts(1)
                .putLogCounts(-7, 3)
                .setDimensions(Dimensions.newBuilder().setModel("gpt-4o-mini"))
                .putAttributes("gen_ai.token.type", "input")
                .build();
    }

    private static OutcomeRecord outcome() {
        return OutcomeRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setOutcomeId("o1")
                .setTraceId(GoldenSpans.TRACE)
                .setSession("s1")
                .setName("resolved")
                .setUnit("USD")
                .setOccurredAtUs(1_795_000_000_000_000L)
                .setReceivedAtUs(1_795_000_001_000_000L)
                .putAttributes("channel", "chat")
                .setKeyId("key_1")
                .setSuccess(true)
                .setCustomer("initech")
                .setUser("u1")
                .setFeature("support")
                .setIsDeleted(true)
                .setValueNanoUsd(12_500_000_000L)
                .build();
    }

    private static ChangeRecord change() {
        return ChangeRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setChangeId("c1")
                .setKind("deploy")
                .setTitle("2026.11.1")
                .setOccurredAtUs(1_795_000_000_000_000L)
                .putAttributes("commit", "abc")
                .setReceivedAtUs(1_795_000_001_000_000L)
                .setEndedAtUs(1_795_000_002_000_000L)
                .setKeyId("key_1")
                .setFeature("support")
                .setEnvironment("production")
                .setProvider("openai")
                .setModel("gpt-4o-mini")
                .setPromptName("answer")
                .setPromptVersion("7")
                .setRelease("2026.11.1")
                .build();
    }
}
