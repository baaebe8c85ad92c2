package io.pentameter.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.pentameter.contracts.v1.AlertRecord;
import io.pentameter.contracts.v1.Attempt;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.contracts.v1.ChangeRecord;
import io.pentameter.contracts.v1.Classification;
import io.pentameter.contracts.v1.ClassifierModel;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.CurrencyRate;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.IntakeRecord;
import io.pentameter.contracts.v1.MappingRule;
import io.pentameter.contracts.v1.MappingRules;
import io.pentameter.contracts.v1.MetricRecord;
import io.pentameter.contracts.v1.MetricType;
import io.pentameter.contracts.v1.ModelAlias;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.OutcomeRecord;
import io.pentameter.contracts.v1.OwnDiscount;
import io.pentameter.contracts.v1.OwnPrice;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.PayloadRule;
import io.pentameter.contracts.v1.PriceBookVersion;
import io.pentameter.contracts.v1.ProcessingRegion;
import io.pentameter.contracts.v1.RedactionRules;
import io.pentameter.contracts.v1.Refusal;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.contracts.v1.UsageSource;
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

    private static final ByteString TRACE = ByteString.fromHex("0102030405060708090a0b0c0d0e0f10");
    private static final ByteString SPAN = ByteString.fromHex("1112131415161718");

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of("span", span(), SpanRecord.parser()),
                Arguments.of("span-provenance", spanWithProvenance(), SpanRecord.parser()),
                Arguments.of("span-running", runningSpan(), SpanRecord.parser()),
                Arguments.of("span-priced", pricedSpan(), SpanRecord.parser()),
                Arguments.of("prices-config", pricesConfig(), TenantConfigRecord.parser()),
                Arguments.of("price-book-config", priceBookConfig(), TenantConfigRecord.parser()),
                Arguments.of("metric", metric(), MetricRecord.parser()),
                Arguments.of("outcome", outcome(), OutcomeRecord.parser()),
                Arguments.of("change", change(), ChangeRecord.parser()),
                Arguments.of("redaction-config", redactionConfig(), TenantConfigRecord.parser()),
                Arguments.of("classifier-config", classifierConfig(), TenantConfigRecord.parser()),
                Arguments.of("score", score(), ScoreRecord.parser()),
                Arguments.of("intake", intake(), IntakeRecord.parser()),
                Arguments.of("audit", audit(), AuditRecord.parser()),
                Arguments.of("alert", alert(), AlertRecord.parser()),
                Arguments.of("tenant-config", tenantConfig(), TenantConfigRecord.parser()));
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

    private static SpanRecord span() {
        return SpanRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setKeyId("key_1")
                .setReceivedAtUs(1_795_000_000_000_000L)
                .setTraceId(TRACE)
                .setSpanId(SPAN)
                .setStartNs(1_794_999_999_000_000_000L)
                .setDurationNs(1_200_000_000L)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setName("chat gpt-4o-mini")
                .setIsRequest(true)
                .setOutcome(Outcome.newBuilder().setFailure("truncation"))
                .setDimensions(Dimensions.newBuilder()
                        .setFeature("support")
                        .setCustomer("initech")
                        .setModel("gpt-4o-mini-2024-07-18")
                        .setProvider("openai"))
                .setUsage(Usage.newBuilder()
                        .setInUncached(56)
                        .setInCacheRead(64)
                        .setOutText(45)
                        .setReportedInput(120)
                        .setReportedOutput(45)
                        .setSource(UsageSource.USAGE_SOURCE_REPORTED))
                .setCost(Cost.newBuilder()
                        .setKnown(true)
                        .setTotalNanoUsd(8400)
                        .setPriceVersion("2026-08-21.e0364c43")
                        .setPriceId("openai/gpt-4o-mini")
                        .addComponents(CostComponent.newBuilder()
                                .setBucket("in_uncached")
                                .setUnits(56)
                                .setNanoUsdPerUnit("150")
                                .setNanoUsd(8400)))
                .setTtftNs(250_000_000L)
                .setPayload(Payload.newBuilder().setInput("hi").setInputSize(2).setFinishReason("length"))
                .putAttributes("k", "v")
                .addTags("beta")
                .setDialect("genai")
                .build();
    }

    private static SpanRecord spanWithProvenance() {
        return SpanRecord.newBuilder()
                .setSchemaVersion(2)
                .setTenant("acme")
                .setOutcome(Outcome.newBuilder()
                        .setError(true)
                        .setFailure("provider_error")
                        .setDetail("network")
                        .setSeverity("low")
                        .setRule("error.network.type")
                        .setHidden(true))
                .setUsage(Usage.newBuilder()
                        .setInUncached(56)
                        .setSource(UsageSource.USAGE_SOURCE_DERIVED)
                        .setReading("inclusive")
                        .setReportedIn("gen_ai.usage.input_tokens"))
                .setCost(Cost.newBuilder().setClientNanoUsd(8400).setClientReportedIn("gen_ai.usage.cost"))
                .setResponseId("chatcmpl-1")
                .setAttempt(Attempt.newBuilder()
                        .setGroup(0x0102030405060708L)
                        .setNumber(1)
                        .setOf(2)
                        .setSuperseded(true))
                .build();
    }

    private static ScoreRecord score() {
        return ScoreRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setScoreId("s1")
                .setTraceId(TRACE)
                .setSpanId(SPAN)
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

    private static TenantConfigRecord tenantConfig() {
        return TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setKind("mapping")
                .setVersion(2)
                .setChangedAtUs(1_795_000_000_000_000L)
                .setMapping(MappingRules.newBuilder()
                        .addRules(MappingRule.newBuilder()
                                .setDimension("customer")
                                .addAttributes("account.id")))
                .build();
    }

    private static SpanRecord runningSpan() {
        return SpanRecord.newBuilder()
                .setSchemaVersion(3)
                .setTenant("acme")
                .setDimensions(Dimensions.newBuilder().setIntent("refund").setLanguage("de"))
                .setIntentFound(Classification.newBuilder()
                        .setSource("classifier")
                        .setConfidence(0.75)
                        .setModel("m1"))
                .setLanguageFound(
                        Classification.newBuilder().setSource("client").setConfidence(1))
                .setIsRunning(true)
                .build();
    }

    private static MetricRecord metric() {
        return MetricRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setKeyId("key_1")
                .setReceivedAtUs(1_795_000_000_000_000L)
                .setSeries(TRACE)
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
                .setTraceId(TRACE)
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

    private static TenantConfigRecord redactionConfig() {
        return TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setKind("redaction")
                .setVersion(3)
                .setRedaction(RedactionRules.newBuilder()
                        .addNames("Ada Lovelace")
                        .addPayloads(PayloadRule.newBuilder()
                                .setFeature("medical")
                                .setField("input")
                                .setMode("masked"))
                        .setPseudonyms("reversible"))
                .build();
    }

    private static TenantConfigRecord classifierConfig() {
        return TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setKind("classifier")
                .setVersion(4)
                .setClassifier(ClassifierModel.newBuilder()
                        .setVersion("m1")
                        .setModel(ByteString.fromHex("0a0b"))
                        .addLabels("refund")
                        .setExamples(40))
                .build();
    }

    private static SpanRecord pricedSpan() {
        return SpanRecord.newBuilder()
                .setSchemaVersion(3)
                .setTenant("acme")
                .setUsage(Usage.newBuilder()
                        .setSearches(1)
                        .setImages(2)
                        .setMediaMs(3)
                        .setPages(4)
                        .setCharacters(5))
                .setCost(Cost.newBuilder()
                        .setKnown(true)
                        .setPriceSource("genai-prices")
                        .setPriceHash("e0364c430e72")
                        .setOwnVersion(7)
                        .addFactors("discount:0.85")
                        .setContextAbove(200_000))
                .build();
    }

    private static TenantConfigRecord pricesConfig() {
        return TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant("acme")
                .setKind("prices")
                .setVersion(5)
                .setPrices(OwnPrices.newBuilder()
                        .addAliases(ModelAlias.newBuilder()
                                .setProvider("azure.ai.openai")
                                .setName("prod-chat")
                                .setToProvider("openai")
                                .setToModel("gpt-4o-mini"))
                        .addPrices(OwnPrice.newBuilder()
                                .setId("p1")
                                .setProvider("openai")
                                .setModel("gpt-4o*")
                                .setServiceTier("batch")
                                .setFromDay(20_000)
                                .setUntilDay(20_100)
                                .setCurrency("EUR")
                                .putAmounts("in_uncached", "0.20"))
                        .addDiscounts(OwnDiscount.newBuilder()
                                .setProvider("openai")
                                .setModel("gpt-5*")
                                .setFromDay(20_000)
                                .setUntilDay(20_100)
                                .setPercent("15"))
                        .addCurrencyRates(CurrencyRate.newBuilder()
                                .setCurrency("EUR")
                                .setFromDay(20_000)
                                .setUsd("1.08"))
                        .addRegions(ProcessingRegion.newBuilder()
                                .setProvider("openai")
                                .setRegion("eu")))
                .build();
    }

    private static TenantConfigRecord priceBookConfig() {
        return TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setKind("price-book:2026-11-25.0a1b2c3d")
                .setVersion(6)
                .setPriceBook(PriceBookVersion.newBuilder()
                        .setVersion("2026-11-25.0a1b2c3d")
                        .setKnownFromUs(1_795_000_000_000_000L)
                        .setDocument(ByteString.fromHex("0a0b")))
                .build();
    }
}
