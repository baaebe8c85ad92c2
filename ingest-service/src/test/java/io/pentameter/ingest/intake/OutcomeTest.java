package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.payload.PayloadMode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where failures hide, and what is kept of texts. */
class OutcomeTest {

    private static final String ID = "00000000000000aa";

    static Stream<Arguments> outcomes() {
        return Stream.of(
                argumentSet("nothing", Otlp.call(ID), false, ""),
                argumentSet(
                        "status",
                        Otlp.call(ID).setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR)),
                        true,
                        "unknown"),
                argumentSet(
                        "exception event with status ok",
                        Otlp.call(ID)
                                .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK))
                                .addEvents(Span.Event.newBuilder()
                                        .setName("exception")
                                        .addAttributes(Otlp.text("exception.type", "TimeoutError"))),
                        true,
                        "timeout"),
                argumentSet(
                        "error.type", Otlp.call(ID).addAttributes(Otlp.text("error.type", "429")), true, "rate_limit"),
                argumentSet(
                        "Langfuse level",
                        Otlp.call(ID).addAttributes(Otlp.text("langfuse.observation.level", "ERROR")),
                        true,
                        "unknown"),
                argumentSet(
                        "HTTP status of a call",
                        Otlp.call(ID).addAttributes(Otlp.whole("http.response.status_code", 503)),
                        true,
                        "provider_error"),
                argumentSet(
                        "HTTP status of a handler",
                        Otlp.span(ID).addAttributes(Otlp.whole("http.response.status_code", 404)),
                        false,
                        ""),
                argumentSet("truncated", finished("length"), false, "truncation"),
                argumentSet("truncated, Anthropic", finished("max_tokens"), false, "truncation"),
                argumentSet("filtered", finished("content_filter"), false, "content_filter"),
                argumentSet("refused", finished("refusal"), false, "refusal"),
                argumentSet("tool call", finished("tool_calls"), false, ""),
                argumentSet(
                        "empty answer",
                        Otlp.span(ID)
                                .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
                                .addAttributes(Otlp.text("gen_ai.request.model", "gpt-4o-mini"))
                                .addAttributes(Otlp.whole("gen_ai.usage.input_tokens", 5))
                                .addAttributes(Otlp.whole("gen_ai.usage.output_tokens", 0))
                                .addAttributes(Otlp.text("gen_ai.response.finish_reasons", "stop")),
                        false,
                        "empty_answer"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void failuresAreFoundWhereTheyHide(Span.Builder span, boolean isError, String word) {
        Outcome outcome = record(span, TenantSettings.STANDARD).getOutcome();

        assertThat(outcome.getError()).isEqualTo(isError);
        assertThat(outcome.getFailure()).isEqualTo(word);
    }

    @Test
    void textsAreRedactedWhereverTheyGo() {
        Span.Builder span = Otlp.call(ID)
                .setStatus(Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("no mail for bob@x.org"))
                .addAttributes(
                        Otlp.text("gen_ai.input.messages", "[{\"role\":\"user\",\"content\":\"I am bob@x.org\"}]"))
                .addAttributes(Otlp.text("my.note", "bob@x.org"))
                .addAttributes(Otlp.text("user.id", "bob@x.org"))
                .addAttributes(Otlp.text("pentameter.tags", "vip,bob@x.org"));

        SpanRecord made = record(span, TenantSettings.STANDARD);

        assertThat(made.toString()).doesNotContain("bob@x.org");
        assertThat(made.getOutcome().getMessage()).isEqualTo("no mail for [email]");
        assertThat(made.getPayload().getInput()).isEqualTo("[{\"role\":\"user\",\"content\":\"I am [email]\"}]");
        assertThat(made.getAttributesOrThrow("my.note")).isEqualTo("[email]");
        assertThat(made.getDimensions().getUser()).matches("\\[email]#[0-9a-f]{8}");
        assertThat(made.getTagsList()).containsExactly("vip", "[email]");
        assertThat(made.getRedactedList()).containsExactly("email");
    }

    @Test
    void maskedUsersStayDistinguishable() {
        String bob = record(Otlp.call(ID).addAttributes(Otlp.text("user.id", "bob@x.org")), TenantSettings.STANDARD)
                .getDimensions()
                .getUser();
        String again = record(Otlp.call(ID).addAttributes(Otlp.text("user.id", "bob@x.org")), TenantSettings.STANDARD)
                .getDimensions()
                .getUser();
        String eve = record(Otlp.call(ID).addAttributes(Otlp.text("user.id", "eve@x.org")), TenantSettings.STANDARD)
                .getDimensions()
                .getUser();

        assertThat(again).isEqualTo(bob).isNotEqualTo(eve);
    }

    @Test
    void aTenantMayKeepStructureOnly() {
        Span.Builder span = Otlp.call(ID)
                .addAttributes(Otlp.text("gen_ai.input.messages", "[{\"role\":\"user\",\"content\":\"Hello\"}]"))
                .addAttributes(Otlp.text("gen_ai.tool.definitions", "[{\"name\":\"secret tool\"}]"));

        SpanRecord made = record(span, settings(PayloadMode.MASKED));

        assertThat(made.getPayload().getInput()).isEqualTo("[{\"role\":\"user\",\"content\":\"[text:5]\"}]");
        assertThat(made.getAttributesMap()).doesNotContainKey("gen_ai.tool.definitions");
    }

    @Test
    void aTenantMayKeepMetadataOnly() {
        Span.Builder span = Otlp.call(ID)
                .addAttributes(Otlp.text("gen_ai.input.messages", "[{\"role\":\"user\",\"content\":\"Hello\"}]"))
                .addAttributes(Otlp.text("gen_ai.request.temperature", "0.2"));

        SpanRecord made = record(span, settings(PayloadMode.METADATA_ONLY));

        assertThat(made.getPayload().getInput()).isEmpty();
        assertThat(made.getPayload().getInputSize()).isEqualTo(35);
        assertThat(made.getAttributesMap()).containsKey("gen_ai.request.temperature");
    }

    @Test
    void systemInstructionsAndFlattenedMessagesBecomeMessages() {
        SpanRecord current = record(
                Otlp.call(ID)
                        .addAttributes(Otlp.text(
                                "gen_ai.system_instructions", "[{\"type\":\"text\",\"content\":\"Be brief\"}]"))
                        .addAttributes(Otlp.text("gen_ai.input.messages", "[{\"role\":\"user\"}]")),
                TenantSettings.STANDARD);
        SpanRecord flattened = record(
                Otlp.call(ID)
                        .addAttributes(Otlp.text("gen_ai.prompt.0.role", "user"))
                        .addAttributes(Otlp.text("gen_ai.prompt.0.content", "Say \"hi\""))
                        .addAttributes(Otlp.text("gen_ai.completion.0.content", "hi")),
                TenantSettings.STANDARD);

        assertThat(current.getPayload().getInput())
                .isEqualTo(
                        "[{\"role\":\"system\",\"parts\":[{\"type\":\"text\",\"content\":\"Be brief\"}]},{\"role\":\"user\"}]");
        assertThat(flattened.getPayload().getInput()).isEqualTo("[{\"content\":\"Say \\\"hi\\\"\",\"role\":\"user\"}]");
        assertThat(flattened.getPayload().getOutput()).isEqualTo("[{\"content\":\"hi\"}]");
        assertThat(flattened.getAttributesMap().keySet()).noneMatch(name -> name.startsWith("gen_ai.prompt"));
    }

    private static TenantSettings settings(PayloadMode mode) {
        return TenantSettings.STANDARD.withProfile(false, mode);
    }

    private static Span.Builder finished(String reason) {
        return Otlp.call(ID).addAttributes(Otlp.text("gen_ai.response.finish_reasons", reason));
    }

    private static SpanRecord record(Span.Builder span, TenantSettings settings) {
        return Captures.parsed(Captures.pipeline()
                        .process(
                                Otlp.request(span).toByteArray(),
                                OtlpEncoding.PROTOBUF,
                                new Sender("acme", "key_1", settings),
                                Captures.NOW))
                .getFirst();
    }
}
