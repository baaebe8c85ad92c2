package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.ingest.otlp.OtlpEncoding;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each class of failures on a span as clients send it; the two of attempts are in {@link AttemptsTest}. */
class FailureClassesTest {

    private static final String ID = "0000000000000001";

    static Stream<Arguments> failures() {
        return Stream.of(
                argumentSet(
                        "503",
                        call(Otlp.whole("http.response.status_code", 503)),
                        "hard provider_error/ high error.provider_error.http_status"),
                argumentSet(
                        "wrong key",
                        error(call(), "401 Incorrect API key"),
                        "hard provider_error/auth high error.auth.message"),
                argumentSet(
                        "network",
                        call(Otlp.text("error.type", "java.net.ConnectException")),
                        "hard provider_error/network high error.network.type"),
                argumentSet(
                        "too long",
                        error(call(Otlp.whole("http.response.status_code", 400)), "maximum context length is 8192"),
                        "hard provider_error/context_length high error.context_length.message"),
                argumentSet(
                        "429",
                        error(call(), "429 Rate limit reached"),
                        "hard rate_limit/ medium error.rate_limit.message"),
                argumentSet(
                        "timeout",
                        call(Otlp.text("error.type", "APITimeoutError")),
                        "hard timeout/ high error.timeout.type"),
                argumentSet(
                        "filtered question",
                        error(call(Otlp.whole("http.response.status_code", 400)), "content_filter"),
                        "hard content_filter/ medium error.content_filter.message"),
                argumentSet(
                        "filtered answer",
                        finished("content_filter"),
                        "soft content_filter/ medium finish_reason.content_filter"),
                argumentSet(
                        "Gemini's filter",
                        finished("SAFETY"),
                        "soft content_filter/ medium finish_reason.content_filter"),
                argumentSet("Anthropic's refusal", finished("refusal"), "soft refusal/ low finish_reason.refusal"),
                argumentSet(
                        "OpenAI's refusal",
                        answered("stop", "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I can't\"}"),
                        "soft refusal/ low output.refusal"),
                argumentSet(
                        "no JSON",
                        answered(
                                        "stop",
                                        "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"{\\\"a\\\": \"}]}]")
                                .addAttributes(Otlp.text("gen_ai.output.type", "json")),
                        "soft schema_violation/ high output.not_json"),
                argumentSet(
                        "Vercel's object",
                        error(call(), "No object generated: response did not match schema")
                                .addAttributes(Otlp.text("error.type", "AI_NoObjectGeneratedError")),
                        "hard schema_violation/ high error.schema_violation.type"),
                argumentSet(
                        "no tokens",
                        finished("stop").addAttributes(Otlp.whole("gen_ai.usage.output_tokens", 0)),
                        "soft empty_answer/ high output.no_tokens"),
                argumentSet(
                        "no text",
                        answered(
                                "stop", "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\" \"}]}]"),
                        "soft empty_answer/ high output.no_content"),
                argumentSet("cut off", finished("max_tokens"), "soft truncation/ medium finish_reason.length"),
                argumentSet(
                        "broken tool",
                        error(step("execute_tool"), "KeyError: 'city'"),
                        "hard tool_error/ medium error.unknown.nothing"),
                argumentSet(
                        "tool out of quota",
                        error(step("execute_tool"), "429 from the weather API"),
                        "hard tool_error/rate_limit medium error.rate_limit.message"),
                argumentSet(
                        "MCP's error",
                        step("execute_tool", Otlp.text("gen_ai.tool.call.result", "{\"content\":[],\"isError\":true}")),
                        "soft tool_error/ medium tool.is_error"),
                argumentSet(
                        "Bedrock's guardrail",
                        finished("guardrail_intervened"),
                        "soft guardrail_denial/ low finish_reason.guardrail"),
                argumentSet(
                        "a guardrail's verdict",
                        step("guardrail", Otlp.text("output.value", "{\"passed\":false}")),
                        "soft guardrail_denial/ low guardrail.verdict"),
                argumentSet(
                        "a tripped guardrail",
                        error(step("guardrail"), "InputGuardrailTripwireTriggered"),
                        "hard guardrail_denial/ low error.guardrail_denial.message"),
                argumentSet(
                        "nothing found",
                        step("retrieval", Otlp.text("gen_ai.retrieval.documents", "[]")),
                        "soft retrieval_miss/ medium retrieval.empty"),
                argumentSet(
                        "no rows",
                        step("vectordb", Otlp.whole("db.response.returned_rows", 0)),
                        "soft retrieval_miss/ medium retrieval.empty"),
                argumentSet(
                        "citation beyond the end",
                        answered(
                                "stop",
                                "{\"role\":\"assistant\",\"content\":\"Paris\",\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":0,\"end_index\":99,\"url\":\"https://a.example\"}}]}"),
                        "soft malformed_citation/ medium output.malformed_citation"),
                argumentSet(
                        "citation of no address",
                        answered(
                                "stop",
                                "{\"role\":\"assistant\",\"content\":\"Paris\",\"annotations\":[{\"type\":\"url_citation\",\"start_index\":0,\"end_index\":5,\"url\":\"source 1\"}]}"),
                        "soft malformed_citation/ medium output.malformed_citation"),
                argumentSet(
                        "resent",
                        finished("stop").addAttributes(Otlp.whole("http.request.resend_count", 4)),
                        "soft retry_storm/ high http.resend_count"),
                argumentSet(
                        "gone",
                        call(Otlp.whole("http.response.status_code", 499)),
                        "hard client_abort/ low error.client_abort.http_status"),
                argumentSet(
                        "aborted tool",
                        error(step("execute_tool"), "AbortError"),
                        "hard client_abort/ low error.client_abort.message"),
                argumentSet("no reason", error(call(), "oops"), "hard unknown/ medium error.unknown.nothing"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isFoundBySingleRule(Span.Builder span, String expected) {
        Outcome outcome = outcome(span);

        assertThat("%s %s/%s %s %s"
                        .formatted(
                                outcome.getError() ? "hard" : "soft",
                                outcome.getFailure(),
                                outcome.getDetail(),
                                outcome.getSeverity(),
                                outcome.getRule()))
                .isEqualTo(expected);
    }

    static Stream<Arguments> successes() {
        return Stream.of(
                argumentSet(
                        "an answer",
                        answered(
                                "stop",
                                "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"Rain\"}]}]")),
                argumentSet(
                        "a call of a tool",
                        answered("tool_calls", "[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\"}]}]")),
                argumentSet(
                        "a call of a tool, with stop",
                        answered(
                                "stop",
                                "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"name\":\"f\"}]}]")),
                argumentSet("an output that was not captured", finished("stop")),
                argumentSet(
                        "JSON as asked",
                        answered(
                                        "stop",
                                        "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"{\\\"a\\\":1}\"}]}]")
                                .addAttributes(Otlp.text("gen_ai.output.type", "json"))),
                argumentSet("an object of one's own", answered("stop", "{\"answer\":\"\"}")),
                argumentSet(
                        "a sound citation",
                        answered(
                                "stop",
                                "{\"role\":\"assistant\",\"content\":\"Paris\",\"annotations\":[{\"start_index\":0,\"end_index\":5,\"url\":\"https://a.example\"}]}")),
                argumentSet(
                        "documents", step("retrieval", Otlp.text("gen_ai.retrieval.documents", "[{\"id\":\"1\"}]"))),
                argumentSet("documents that are not known", step("retrieval")),
                argumentSet(
                        "a guardrail that lets pass",
                        step("guardrail", Otlp.text("output.value", "{\"passed\":true}"))),
                argumentSet(
                        "a tool that worked",
                        step("execute_tool", Otlp.text("gen_ai.tool.call.result", "{\"isError\":false}"))),
                argumentSet("output that is no JSON at all", answered("stop", "[{{{")));
    }

    @ParameterizedTest
    @MethodSource("successes")
    void isNoFailure(Span.Builder span) {
        assertThat(outcome(span).getFailure()).isEmpty();
    }

    @Test
    void aDeeplyNestedOutputIsLookedIntoOnlySoFar() {
        assertThat(outcome(answered("stop", "[".repeat(900) + "]".repeat(900))).getFailure())
                .isEmpty();
    }

    private static Span.Builder call(KeyValue... attributes) {
        return step("chat", attributes);
    }

    private static Span.Builder step(String operation, KeyValue... attributes) {
        Span.Builder span = Otlp.span(ID).addAttributes(Otlp.text("gen_ai.operation.name", operation));
        for (KeyValue attribute : attributes) {
            span.addAttributes(attribute);
        }
        return span;
    }

    private static Span.Builder finished(String reason) {
        return call(Otlp.text("gen_ai.response.finish_reasons", reason));
    }

    private static Span.Builder answered(String reason, String output) {
        return finished(reason).addAttributes(Otlp.text("gen_ai.output.messages", output));
    }

    private static Span.Builder error(Span.Builder span, String message) {
        return span.setStatus(
                Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR).setMessage(message));
    }

    private static Outcome outcome(Span.Builder span) {
        return Captures.parsed(Captures.pipeline()
                        .process(Otlp.request(span).toByteArray(), OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW))
                .getFirst()
                .getOutcome();
    }
}
