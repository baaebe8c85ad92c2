package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.ingest.otlp.ContentCoding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What real clients sent, and what becomes of it. */
class CapturedRequestsTest {

    /** 56 × 150 + 64 × 75 + 45 × 600 nano-dollars: gpt-4o-mini at $0.15, $0.075 and $0.60 a million. */
    private static final long CACHED_CALL = 56 * 150 + 64 * 75 + 45 * 600;

    /** 120 × 150 + 45 × 600: a client that does not report what was cached. */
    private static final long PLAIN_CALL = 120 * 150 + 45 * 600;

    static Stream<Arguments> sdkTraces() {
        return Stream.of(
                argumentSet("protobuf", "otel-proto/02.bin", ContentCoding.IDENTITY),
                argumentSet("JSON", "otel-json/02.json", ContentCoding.IDENTITY),
                argumentSet("JSON, gzip", "otel-json-gzip/02.bin", ContentCoding.GZIP),
                argumentSet("protobuf, resent", "otel-proto-retry/02.bin", ContentCoding.IDENTITY));
    }

    @ParameterizedTest
    @MethodSource("sdkTraces")
    void anAgentWithACallAndAFailedToolIsReadAlikeInEachEncoding(String capture, ContentCoding coding) {
        List<SpanRecord> spans = Captures.records(capture, coding);

        assertThat(spans).hasSize(3);
        SpanRecord chat = Captures.named(spans, "chat gpt-4o-mini");
        SpanRecord tool = Captures.named(spans, "execute_tool get_weather");
        SpanRecord agent = Captures.named(spans, "invoke_agent Math Tutor");
        assertThat(chat.getTraceId().size()).isEqualTo(16);
        assertThat(chat.getParentSpanId()).isEqualTo(agent.getSpanId());
        assertThat(tool.getParentSpanId()).isEqualTo(agent.getSpanId());
        assertThat(agent.getParentSpanId().isEmpty()).isTrue();
        assertThat(List.of(agent.getIsRequest(), chat.getIsRequest(), tool.getIsRequest()))
                .containsExactly(true, false, false);

        assertThat(chat.getKind()).isEqualTo(SpanKind.SPAN_KIND_MODEL_CALL);
        assertThat(buckets(chat.getUsage())).containsExactly(56L, 64L, 25L, 20L);
        assertThat(chat.getUsage().getReportedInput()).isEqualTo(120);
        assertThat(chat.getCost().getKnown()).isTrue();
        assertThat(chat.getCost().getTotalNanoUsd()).isEqualTo(CACHED_CALL);
        assertThat(chat.getCost().getPriceId()).isEqualTo("openai/gpt-4o-mini");
        assertThat(chat.getTtftNs()).isEqualTo(350_000_000L);
        assertThat(chat.getPayload().getInput()).contains("Weather in Paris?");
        assertThat(chat.getPayload().getFinishReason()).isEqualTo("stop");
        assertThat(chat.getDialect()).isEqualTo("genai");

        assertThat(tool.getKind()).isEqualTo(SpanKind.SPAN_KIND_TOOL);
        assertThat(tool.getOutcome().getError()).isTrue();
        assertThat(tool.getOutcome().getFailure()).isEqualTo("tool_error");
        assertThat(tool.getOutcome().getMessage()).isEqualTo("tool failed");
        assertThat(tool.hasUsage()).isFalse();
        assertThat(tool.hasCost()).isFalse();
    }

    @Test
    void dimensionsComeFromTheResourceAndFromTheParent() {
        SpanRecord chat = Captures.named(Captures.records("otel-proto/02.bin"), "chat gpt-4o-mini");

        assertThat(chat.getDimensions().getService()).isEqualTo("my-llm-app");
        assertThat(chat.getDimensions().getEnvironment()).isEqualTo("prod");
        assertThat(chat.getDimensions().getRelease()).isEqualTo("1.2.3");
        assertThat(chat.getDimensions().getSession()).isEqualTo("conv_1");
        assertThat(chat.getDimensions().getModel()).isEqualTo("gpt-4o-mini-2024-07-18");
        assertThat(chat.getDimensions().getRequestedModel()).isEqualTo("gpt-4o-mini");
        assertThat(chat.getDimensions().getProvider()).isEqualTo("openai");
        assertThat(chat.getDimensions().getOperation()).isEqualTo("chat");
    }

    @Test
    void anEntryWithoutAModelTakesThatOfTheCallBelow() {
        SpanRecord agent = Captures.named(Captures.records("otel-proto/02.bin"), "invoke_agent Math Tutor");

        assertThat(agent.getDimensions().getModel()).isEqualTo("gpt-4o-mini-2024-07-18");
        assertThat(agent.getDimensions().getRequestedModel()).isEqualTo("gpt-4o-mini");
        assertThat(agent.hasUsage()).isFalse();
    }

    @Test
    void attributesThatNoFieldTookInAreKeptAndThoseOfTheMachineAreNot() {
        SpanRecord chat = Captures.named(Captures.records("otel-proto/02.bin"), "chat gpt-4o-mini");

        assertThat(chat.getAttributesMap())
                .containsEntry("gen_ai.request.temperature", "0.2")
                .containsEntry("gen_ai.request.stream", "true")
                .containsEntry("service.namespace", "shop")
                .doesNotContainKeys("gen_ai.usage.input_tokens", "gen_ai.input.messages", "process.owner", "host.id");
    }

    @Test
    void deprecatedNamesAndARateLimitAreRead() {
        List<SpanRecord> spans = Captures.records("otel-instrumentation-openai/01.bin");

        SpanRecord chat = Captures.named(spans, "chat gpt-4o-mini");
        SpanRecord embedding = Captures.named(spans, "embeddings text-embedding-3-small");
        SpanRecord limited = Captures.named(spans, "chat gpt-rate-limited");
        assertThat(chat.getDimensions().getProvider()).isEqualTo("openai");
        assertThat(chat.getCost().getTotalNanoUsd()).isEqualTo(PLAIN_CALL);
        assertThat(embedding.getKind()).isEqualTo(SpanKind.SPAN_KIND_EMBEDDING);
        assertThat(embedding.getCost().getTotalNanoUsd()).isEqualTo(7 * 20);
        assertThat(limited.getOutcome().getError()).isTrue();
        assertThat(limited.getOutcome().getFailure()).isEqualTo("rate_limit");
        assertThat(limited.getOutcome().getErrorType()).isEqualTo("RateLimitError");
        assertThat(limited.hasCost()).isFalse();
    }

    @Test
    void javaCallsArriveCompressedAsInternalSpansWithTheErrorInAnEvent() {
        List<SpanRecord> spans = Captures.records("java-opentelemetry-openai/03.bin", ContentCoding.GZIP);

        assertThat(spans).hasSize(4).allMatch(SpanRecord::getIsRequest);
        assertThat(Captures.named(spans, "chat gpt-4o-mini").getCost().getTotalNanoUsd())
                .isEqualTo(PLAIN_CALL);
        SpanRecord limited = Captures.named(spans, "chat gpt-rate-limited");
        assertThat(limited.getOutcome().getFailure()).isEqualTo("rate_limit");
        assertThat(limited.getOutcome().getErrorType()).isEqualTo("com.openai.errors.RateLimitException");
    }

    static Stream<Arguments> vercelVersions() {
        return Stream.of(
                argumentSet("4", "vercel-ai-4/01.bin"),
                argumentSet("6", "vercel-ai-6/01.bin"),
                argumentSet("7, legacy", "vercel-ai-7-legacy/01.bin"));
    }

    @ParameterizedTest
    @MethodSource("vercelVersions")
    void theVercelSdkIsCountedOnItsCallsOnly(String capture) {
        List<SpanRecord> spans = Captures.records(capture);

        List<SpanRecord> counted = spans.stream().filter(SpanRecord::hasUsage).toList();
        assertThat(counted)
                .allMatch(span -> span.getName().endsWith(".doGenerate")
                        || span.getName().endsWith(".doStream")
                        || span.getName().endsWith(".doEmbed"));
        assertThat(counted)
                .filteredOn(span -> span.getKind() == SpanKind.SPAN_KIND_MODEL_CALL)
                .isNotEmpty()
                .allSatisfy(span -> {
                    assertThat(span.getUsage().getReportedInput()).isEqualTo(120);
                    assertThat(span.getUsage().getReportedOutput()).isEqualTo(45);
                    assertThat(span.getCost().getKnown()).isTrue();
                    assertThat(span.getDimensions().getProvider()).isEqualTo("openai");
                    assertThat(span.getDialect()).isEqualTo("vercel");
                });
        SpanRecord root = Captures.named(spans, "ai.generateText");
        assertThat(root.getIsRequest()).isTrue();
        assertThat(root.getDimensions().getModel()).startsWith("gpt-4o-mini");
        assertThat(spans)
                .filteredOn(span -> span.getOutcome().getError())
                .isNotEmpty()
                .allSatisfy(span -> assertThat(span.getOutcome().getFailure()).isEqualTo("rate_limit"));
    }

    @Test
    void theVercelSdkReportsCachedAndReasoningTokensByItsOwnNames() {
        SpanRecord call = Captures.named(Captures.records("vercel-ai-6/01.bin"), "ai.generateText.doGenerate");

        assertThat(buckets(call.getUsage())).containsExactly(56L, 64L, 25L, 20L);
        assertThat(call.getCost().getTotalNanoUsd()).isEqualTo(CACHED_CALL);
    }

    @Test
    void openInferenceIsReadAndItsVectorsAreNotPriced() {
        List<SpanRecord> spans = Captures.records("openinference-openai/01.bin");

        SpanRecord chat = Captures.named(spans, "OpenAI Chat Completions");
        SpanRecord agent = Captures.named(spans, "agent");
        assertThat(chat.getDialect()).isEqualTo("openinference");
        assertThat(buckets(chat.getUsage())).containsExactly(56L, 64L, 25L, 20L);
        assertThat(chat.getCost().getTotalNanoUsd()).isEqualTo(CACHED_CALL);
        assertThat(chat.getDimensions().getSession()).isEqualTo("sess-1");
        assertThat(chat.getDimensions().getPromptVersion()).isEqualTo("v2");
        assertThat(chat.getTagsList()).containsExactly("t1", "t2");
        assertThat(chat.getPayload().getInput()).contains("Capital of France?").startsWith("[{");
        assertThat(agent.getKind()).isEqualTo(SpanKind.SPAN_KIND_AGENT);
        assertThat(Captures.named(spans, "retrieve").getKind()).isEqualTo(SpanKind.SPAN_KIND_RETRIEVAL);
        assertThat(spans)
                .filteredOn(span -> span.getKind() == SpanKind.SPAN_KIND_MODEL_CALL && !span.hasUsage())
                .as("streams come without usage: their cost is unknown, not 0")
                .isNotEmpty()
                .allMatch(span -> span.getCost().getUnknownReason().equals("usage_missing"));
    }

    @Test
    void openLlmetryIsReadWithItsAssociationProperties() {
        List<SpanRecord> spans = Captures.records("traceloop-node/01.bin");

        SpanRecord chat = Captures.named(spans, "chat gpt-4o-mini");
        assertThat(chat.getDialect()).isEqualTo("openllmetry");
        assertThat(chat.getDimensions().getUser()).isEqualTo("user-1");
        assertThat(chat.getDimensions().getSession()).isEqualTo("sess-1");
        assertThat(chat.getCost().getTotalNanoUsd()).isEqualTo(PLAIN_CALL);
        assertThat(Captures.named(spans, "chat_workflow.workflow").getKind()).isEqualTo(SpanKind.SPAN_KIND_WORKFLOW);
        assertThat(Captures.named(spans, "planner.agent").hasUsage()).isFalse();
    }

    @Test
    void aCostOfZeroFromTheClientIsNoCost() {
        List<SpanRecord> spans = Captures.records("openlit/03.json");

        Cost cost = Captures.named(spans, "chat gpt-4o-mini").getCost();
        assertThat(cost.hasClientNanoUsd()).isFalse();
        assertThat(cost.getTotalNanoUsd()).isEqualTo(56 * 150 + 64 * 75 + 45 * 600);
        assertThat(Captures.named(spans, "chat gpt-rate-limited").getOutcome().getFailure())
                .isEqualTo("rate_limit");
    }

    @Test
    void anExceptionCountsAsFailureEvenWhereTheStatusIsOk() {
        List<SpanRecord> spans = Captures.records("langsmith-otel/02.bin");

        assertThat(spans)
                .filteredOn(span -> span.getOutcome().getError())
                .singleElement()
                .satisfies(span -> assertThat(span.getOutcome().getFailure()).isEqualTo("rate_limit"));
    }

    @Test
    void aLangfuseLevelCountsAsFailureThoughTheStatusIsUnset() {
        List<SpanRecord> spans = Captures.records("langfuse-v5/04.json");

        assertThat(spans)
                .anyMatch(span ->
                        span.getOutcome().getError() && span.getDialect().equals("langfuse"));
    }

    @Test
    void sumsOfComponentsAreTheTotalsInEveryCapture() {
        List<String> captures = List.of(
                "otel-proto/02.bin", "vercel-ai-6/01.bin", "openinference-openai/01.bin", "traceloop-node/01.bin");

        for (String capture : captures) {
            for (SpanRecord span : Captures.records(capture)) {
                assertThat(span.getCost().getComponentsList().stream()
                                .mapToLong(component -> component.getNanoUsd())
                                .sum())
                        .as("%s %s", capture, span.getName())
                        .isEqualTo(span.getCost().getTotalNanoUsd());
            }
        }
    }

    private static List<Long> buckets(Usage usage) {
        return List.of(usage.getInUncached(), usage.getInCacheRead(), usage.getOutText(), usage.getOutReasoning());
    }
}
