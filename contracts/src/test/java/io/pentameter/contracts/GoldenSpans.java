package io.pentameter.contracts;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.Attempt;
import io.pentameter.contracts.v1.Classification;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.contracts.v1.UsageSource;

/** Spans whose bytes were once written. */
final class GoldenSpans {

    static final ByteString TRACE = ByteString.fromHex("0102030405060708090a0b0c0d0e0f10");
    static final ByteString SPAN = ByteString.fromHex("1112131415161718");

    private GoldenSpans() {}

    static SpanRecord span() {
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

    static SpanRecord spanWithProvenance() {
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

    static SpanRecord runningSpan() {
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

    static SpanRecord pricedSpan() {
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
}
