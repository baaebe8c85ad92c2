package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.contracts.v1.MappingRule;
import io.pentameter.contracts.v1.MappingRules;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dimension.MappingRuleSet;
import io.pentameter.ingest.otlp.OtlpEncoding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dialects of which there is no capture, written as their sources and documents say. */
class DialectsTest {

    private static final String ROOT = "0000000000000001";
    private static final String CALL = "0000000000000002";
    private static final String TOOL = "0000000000000003";

    @Test
    void mlflowWritesEachValueAsJson() {
        SpanRecord span = record(Otlp.span(CALL)
                .addAttributes(Otlp.text("mlflow.spanType", "\"CHAT_MODEL\""))
                .addAttributes(Otlp.text("mlflow.llm.model", "\"gpt-4o-mini\""))
                .addAttributes(Otlp.text("mlflow.llm.provider", "\"openai\""))
                .addAttributes(
                        Otlp.text("mlflow.spanInputs", "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
                .addAttributes(Otlp.text("mlflow.spanOutputs", "\"hello\""))
                .addAttributes(
                        Otlp.text(
                                "mlflow.chat.tokenUsage",
                                "{\"input_tokens\":120,\"output_tokens\":45,\"total_tokens\":165,\"cache_read_input_tokens\":64}"))
                .addAttributes(Otlp.text("mlflow.llm.cost", "{\"input_cost\":0.00001,\"total_cost\":0.00004}"))
                .addAttributes(Otlp.text("mlflow.trace.session", "\"s1\""))
                .addAttributes(Otlp.text("mlflow.trace.user", "\"u1\""))
                .addAttributes(Otlp.text("mlflow.experimentId", "\"7\"")));

        assertThat(span.getDialect()).isEqualTo("mlflow");
        assertThat(span.getKind()).isEqualTo(SpanKind.SPAN_KIND_MODEL_CALL);
        assertThat(buckets(span)).containsExactly(56L, 64L, 45L, 0L);
        assertThat(span.getCost().getTotalNanoUsd()).isEqualTo(40_200);
        assertThat(span.getCost().getClientNanoUsd()).isEqualTo(40_000);
        assertThat(span.getCost().getClientReportedIn()).isEqualTo("mlflow.llm.cost#total_cost");
        assertThat(span.getUsage().getReportedIn()).isEqualTo("mlflow.chat.tokenUsage#input_tokens");
        assertThat(span.getDimensions().getProvider()).isEqualTo("openai");
        assertThat(span.getDimensions().getModel()).isEqualTo("gpt-4o-mini");
        assertThat(span.getDimensions().getSession()).isEqualTo("s1");
        assertThat(span.getDimensions().getUser()).isEqualTo("u1");
        assertThat(span.getPayload().getOutput()).isEqualTo("hello");
        assertThat(span.getAttributesMap()).containsEntry("mlflow.experimentId", "\"7\"");
    }

    @Test
    void theFirstPydanticAiNamesNoOperationAndRepeatsUsageOnItsRuns() {
        List<SpanRecord> spans = records(
                Otlp.span(ROOT)
                        .setName("agent run")
                        .addAttributes(Otlp.text("model_name", "gpt-4o-mini"))
                        .addAttributes(Otlp.text("agent_name", "weather"))
                        .addAttributes(Otlp.text("all_messages_events", "[]"))
                        .addAttributes(Otlp.text("final_result", "Rain"))
                        .addAttributes(Otlp.text("gen_ai.request.model", "gpt-4o-mini"))
                        .addAttributes(Otlp.whole("gen_ai.usage.input_tokens", 120))
                        .addAttributes(Otlp.whole("gen_ai.usage.output_tokens", 45)),
                Otlp.call(CALL)
                        .setParentSpanId(Otlp.hex(ROOT))
                        .addAttributes(Otlp.whole("gen_ai.usage.details.reasoning_tokens", 20))
                        .addAttributes(Otlp.text(
                                "events",
                                "[{\"content\":\"Weather?\",\"role\":\"user\",\"event.name\":\"gen_ai.user.message\"},"
                                        + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Rain\"},"
                                        + "\"event.name\":\"gen_ai.choice\"}]")),
                Otlp.child(TOOL, ROOT)
                        .addAttributes(Otlp.text("gen_ai.tool.name", "get_weather"))
                        .addAttributes(Otlp.text("tool_arguments", "{\"city\":\"Paris\"}"))
                        .addAttributes(Otlp.text("tool_response", "rain")));

        assertThat(spans.get(0).getKind()).isEqualTo(SpanKind.SPAN_KIND_AGENT);
        assertThat(spans.get(0).getDialect()).isEqualTo("pydantic_ai");
        assertThat(spans.get(0).hasUsage()).isFalse();
        assertThat(spans.get(0).getWarningsList()).containsExactly("usage_not_counted");
        assertThat(spans.get(0).getAttributesMap())
                .as("what is not counted is kept as it was said")
                .containsEntry("gen_ai.usage.input_tokens", "120");
        assertThat(buckets(spans.get(1))).containsExactly(120L, 0L, 25L, 20L);
        assertThat(spans.get(1).getPayload().getInput())
                .isEqualTo("[{\"content\":\"Weather?\",\"role\":\"user\",\"event.name\":\"gen_ai.user.message\"}]");
        assertThat(spans.get(1).getPayload().getOutput())
                .isEqualTo("[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Rain\"},"
                        + "\"event.name\":\"gen_ai.choice\"}]");
        assertThat(spans.get(2).getKind()).isEqualTo(SpanKind.SPAN_KIND_TOOL);
        assertThat(spans.get(2).getPayload().getInput()).isEqualTo("{\"city\":\"Paris\"}");
    }

    @Test
    void theCurrentPydanticAiNamesSumsApart() {
        SpanRecord run = record(Otlp.span(ROOT)
                .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
                .addAttributes(Otlp.whole("gen_ai.aggregated_usage.input_tokens", 240))
                .addAttributes(Otlp.text("pydantic_ai.all_messages", "[{\"role\":\"user\",\"parts\":[]}]"))
                .addAttributes(Otlp.text("final_result", "Rain")));

        assertThat(run.getKind()).isEqualTo(SpanKind.SPAN_KIND_AGENT);
        assertThat(run.hasUsage()).isFalse();
        assertThat(run.getAttributesMap()).containsEntry("gen_ai.aggregated_usage.input_tokens", "240");
        assertThat(run.getPayload().getOutput()).isEqualTo("Rain");
    }

    @Test
    void oldOpenLlmetrySpreadsMessagesOverAttributes() {
        SpanRecord span = record(Otlp.span(CALL)
                .addAttributes(Otlp.text("gen_ai.system", "OpenAI"))
                .addAttributes(Otlp.text("llm.request.type", "chat"))
                .addAttributes(Otlp.text("gen_ai.request.model", "gpt-4o-mini"))
                .addAttributes(Otlp.text("gen_ai.prompt.0.role", "user"))
                .addAttributes(Otlp.text("gen_ai.prompt.0.content", "Weather?"))
                .addAttributes(Otlp.text("gen_ai.completion.0.role", "assistant"))
                .addAttributes(Otlp.text("gen_ai.completion.0.finish_reason", "tool_calls"))
                .addAttributes(Otlp.text("gen_ai.completion.0.tool_calls.0.id", "call_1"))
                .addAttributes(Otlp.text("gen_ai.completion.0.tool_calls.0.name", "get_weather"))
                .addAttributes(Otlp.text("gen_ai.completion.0.tool_calls.0.arguments", "{\"city\":\"Paris\"}"))
                .addAttributes(Otlp.whole("gen_ai.usage.prompt_tokens", 120))
                .addAttributes(Otlp.whole("gen_ai.usage.completion_tokens", 45))
                .addAttributes(Otlp.whole("llm.usage.total_tokens", 165))
                .addAttributes(Otlp.whole("gen_ai.usage.cache_read_input_tokens", 64)));

        assertThat(span.getDialect()).isEqualTo("openllmetry");
        assertThat(span.getKind()).isEqualTo(SpanKind.SPAN_KIND_MODEL_CALL);
        assertThat(span.getDimensions().getProvider()).isEqualTo("openai");
        assertThat(buckets(span)).containsExactly(56L, 64L, 45L, 0L);
        assertThat(span.getPayload().getInput()).isEqualTo("[{\"content\":\"Weather?\",\"role\":\"user\"}]");
        assertThat(span.getPayload().getOutput())
                .isEqualTo("[{\"finish_reason\":\"tool_calls\",\"role\":\"assistant\",\"tool_calls\":[{\"arguments\":"
                        + "\"{\\\"city\\\":\\\"Paris\\\"}\",\"id\":\"call_1\",\"name\":\"get_weather\"}]}]");
        assertThat(span.getPayload().getFinishReason()).isEqualTo("tool_call");
    }

    @Test
    void openLitsOwnNamesAreRead() {
        SpanRecord span = record(Otlp.call(CALL)
                .addAttributes(Otlp.text("gen_ai.application_name", "shop"))
                .addAttributes(Otlp.text("gen_ai.environment", "prod"))
                .addAttributes(Otlp.text("gen_ai.request.user", "u1"))
                .addAttributes(Otlp.flag("gen_ai.request.is_stream", true))
                .addAttributes(Otlp.fraction("gen_ai.usage.cost", 0.0001)));

        assertThat(span.getDialect()).isEqualTo("openlit");
        assertThat(span.getDimensions().getService()).isEqualTo("shop");
        assertThat(span.getDimensions().getEnvironment()).isEqualTo("prod");
        assertThat(span.getDimensions().getUser()).isEqualTo("u1");
        assertThat(span.getCost().getClientNanoUsd()).isEqualTo(100_000);
    }

    @Test
    void theWrapperOfTheVercelSdkIsNoCallWhateverAnotherDialectSaysOfIt() {
        SpanRecord span = record(Otlp.call(ROOT)
                .addAttributes(Otlp.text("ai.operationId", "ai.generateText"))
                .addAttributes(Otlp.text("openinference.span.kind", "LLM")));

        assertThat(span.getKind()).isEqualTo(SpanKind.SPAN_KIND_WORKFLOW);
        assertThat(span.hasUsage()).isFalse();
    }

    @Test
    void textAndCallsOfToolsInOneAnswerAreBothKept() {
        SpanRecord span = record(Otlp.span(CALL)
                .addAttributes(Otlp.text("ai.operationId", "ai.generateText.doGenerate"))
                .addAttributes(Otlp.text("ai.response.text", "Let me \"look\""))
                .addAttributes(Otlp.text("ai.response.toolCalls", "[{\"toolName\":\"get_weather\"}]")));

        assertThat(span.getPayload().getOutput())
                .isEqualTo("[{\"role\":\"assistant\",\"content\":\"Let me \\\"look\\\"\","
                        + "\"tool_calls\":[{\"toolName\":\"get_weather\"}]}]");
    }

    @Test
    void theVercelSdkFromSevenSpeaksGenAiAndItsAgentRepeatsTheSteps() {
        List<SpanRecord> spans = records(
                Otlp.span(ROOT)
                        .addAttributes(Otlp.text("gen_ai.operation.name", "invoke_agent"))
                        .addAttributes(Otlp.text("gen_ai.request.model", "gpt-4o-mini"))
                        .addAttributes(Otlp.whole("gen_ai.usage.input_tokens", 240))
                        .addAttributes(Otlp.whole("gen_ai.usage.output_tokens", 90)),
                Otlp.child(TOOL, ROOT)
                        .addAttributes(Otlp.text("gen_ai.operation.name", "agent_step"))
                        .addAttributes(Otlp.whole("gen_ai.usage.input_tokens", 120)),
                Otlp.call(CALL)
                        .setParentSpanId(Otlp.hex(TOOL))
                        .addAttributes(Otlp.whole("gen_ai.usage.cache_read.input_tokens", 64))
                        .addAttributes(Otlp.fraction("gen_ai.client.operation.time_to_first_chunk", 0.05)));

        assertThat(spans).filteredOn(SpanRecord::hasUsage).containsExactly(spans.get(2));
        assertThat(buckets(spans.get(2))).containsExactly(56L, 64L, 45L, 0L);
        assertThat(spans.get(2).getTtftNs()).isEqualTo(50_000_000L);
    }

    @Test
    void systemInstructionsGoBeforeTheInputInWhateverFormTheyAre() {
        String parts = "[{\"type\":\"text\",\"content\":\"Be brief\"}]";

        assertThat(input(Otlp.text("gen_ai.system_instructions", parts), Otlp.text("gen_ai.input.messages", "[]")))
                .isEqualTo("[{\"role\":\"system\",\"parts\":" + parts + "}]");
        assertThat(input(Otlp.text("gen_ai.system_instructions", "Be \"brief\""), Otlp.text("input.value", "Hi")))
                .isEqualTo("[{\"role\":\"system\",\"content\":\"Be \\\"brief\\\"\"},"
                        + "{\"role\":\"user\",\"content\":\"Hi\"}]");
        assertThat(input(Otlp.text("gen_ai.system_instructions", parts), Otlp.text("other", "x")))
                .isEqualTo("[{\"role\":\"system\",\"parts\":" + parts + "}]");
    }

    private static String input(KeyValue... attributes) {
        Span.Builder span = Otlp.call(CALL);
        for (KeyValue attribute : attributes) {
            span.addAttributes(attribute);
        }
        return record(span).getPayload().getInput();
    }

    @Test
    void whatIsReadButHasNoPlaceInTheRecordIsKeptByName() {
        SpanRecord span = record(Otlp.call(CALL)
                .addAttributes(Otlp.text("langfuse.observation.level", "WARNING"))
                .addAttributes(Otlp.text("langfuse.observation.status_message", "slow"))
                .addAttributes(Otlp.fraction("gen_ai.usage.cost", 0))
                .addAttributes(Otlp.fraction("llm.cost.prompt", 0.001))
                .addAttributes(Otlp.text("gen_ai.tool.name", "f"))
                .addAttributes(Otlp.text("langfuse.observation.metadata.k", "v"))
                .addAttributes(Otlp.text("acme.colour", "blue")));

        assertThat(span.getOutcome().getError()).isFalse();
        assertThat(span.getAttributesMap())
                .containsEntry("langfuse.observation.level", "WARNING")
                .containsEntry("langfuse.observation.status_message", "slow")
                .containsEntry("gen_ai.usage.cost", "0.0")
                .containsEntry("llm.cost.prompt", "0.001")
                .containsEntry("gen_ai.tool.name", "f")
                .containsEntry("langfuse.observation.metadata.k", "v")
                .containsEntry("acme.colour", "blue");
    }

    @Test
    void brokenJsonInAUsageAttributeCountsNothingAndIsKept() {
        for (String broken : List.of(
                "{\"input\":",
                "[1]",
                "{\"input\":\"many\"}",
                "{\"input\":{\"input\":1}}",
                "{",
                "{\"input\":1e99999}",
                "{\"input\":1e95180026761}",
                "{\"input\":" + "9".repeat(2000) + "}",
                "{\"input\":NaN}",
                "{\"a\":".repeat(40) + "1" + "}".repeat(40))) {
            SpanRecord span = record(Otlp.span(CALL)
                    .addAttributes(Otlp.text("langfuse.observation.type", "generation"))
                    .addAttributes(Otlp.text("langfuse.observation.usage_details", broken)));

            assertThat(span.hasUsage() && span.getUsage().getInUncached() > 0)
                    .as(broken)
                    .isFalse();
            assertThat(span.getAttributesMap()).containsEntry("langfuse.observation.usage_details", broken);
        }
    }

    @Test
    void namesThatAnybodyMightHaveChosenMakeNoDialect() {
        SpanRecord span = record(Otlp.span(ROOT)
                .addAttributes(Otlp.text("session_id", "s1"))
                .addAttributes(Otlp.text("final_result", "x")));

        assertThat(span.getDialect()).isEqualTo("otel");
        assertThat(span.getDimensions().getSession()).isEqualTo("s1");
    }

    private static List<Long> buckets(SpanRecord span) {
        Usage usage = span.getUsage();
        return List.of(usage.getInUncached(), usage.getInCacheRead(), usage.getOutText(), usage.getOutReasoning());
    }

    private static SpanRecord record(Span.Builder span) {
        return records(span).getFirst();
    }

    private static List<SpanRecord> records(Span.Builder... spans) {
        return Captures.parsed(Captures.pipeline()
                .process(Otlp.request(spans).toByteArray(), OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW));
    }

    @Test
    void theProjectThatARequestNamesIsAnAttributeThatCanBeMapped() {
        MappingRules rules = MappingRules.newBuilder()
                .addRules(MappingRule.newBuilder().setDimension("feature").addAttributes("project"))
                .build();
        Sender sender = new Sender(
                "acme", "key_1", TenantSettings.STANDARD.withMapping(MappingRuleSet.of(rules)), "my-project");
        byte[] body = Otlp.request(Otlp.call(CALL), Otlp.call(TOOL).addAttributes(Otlp.text("project", "its own")))
                .toByteArray();

        List<SpanRecord> spans =
                Captures.parsed(Captures.pipeline().process(body, OtlpEncoding.PROTOBUF, sender, Captures.NOW));

        assertThat(spans)
                .extracting(span -> span.getAttributesOrDefault("project", ""))
                .containsExactly("my-project", "its own");
        assertThat(spans)
                .extracting(span -> span.getDimensions().getFeature())
                .containsExactly("my-project", "its own");
        assertThat(spans.getFirst().getDimensions().getService()).isEqualTo("my-project");
    }
}
