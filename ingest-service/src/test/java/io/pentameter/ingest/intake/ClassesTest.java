package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.contracts.v1.Classification;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.otlp.OtlpEncoding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Intent and language of the spans of a delivery. */
class ClassesTest {

    private static final Classifier CLASSIFIER = Classifier.start(new Classifier.Limits(0.4, 0.7));
    private static final String ASKED = "Please summarise the following article in three short sentences";
    private static final String MESSAGES = "[{\"role\":\"user\",\"content\":\"" + ASKED + "\"}]";

    private final IntakePipeline pipeline = Captures.pipeline(CLASSIFIER);

    @Test
    void aRequestTakesThemFromItsFirstCallAndWhatIsBelowFromTheRequest() {
        Span.Builder root = Otlp.span("00000000000000a1").setName("root");
        Span.Builder call = Otlp.call("00000000000000a2")
                .setName("call")
                .setParentSpanId(Otlp.hex("00000000000000a1"))
                .addAttributes(Otlp.text("gen_ai.input.messages", MESSAGES));
        Span.Builder tool = Otlp.span("00000000000000a3").setName("tool").setParentSpanId(Otlp.hex("00000000000000a1"));

        List<SpanRecord> spans = records(root, call, tool);

        assertThat(spans).hasSize(3).allSatisfy(span -> {
            assertThat(span.getDimensions().getIntent()).isEqualTo("summary");
            assertThat(span.getDimensions().getLanguage()).isEqualTo("en");
            assertThat(span.getIntentFound().getSource()).isEqualTo("classifier");
            assertThat(span.getIntentFound().getModel()).isEqualTo(Classifier.DEFAULT_VERSION);
            assertThat(span.getIntentFound().getConfidence()).isBetween(0.4, 1.0);
            assertThat(span.getLanguageFound().getConfidence()).isBetween(0.7, 1.0);
        });
    }

    @Test
    void whatTheClientSaysIsNotWorkedOut() {
        Span.Builder call = Otlp.call("00000000000000a1")
                .addAttributes(Otlp.text("pentameter.intent", "digest"))
                .addAttributes(Otlp.text("pentameter.language", "de-AT"))
                .addAttributes(Otlp.text("gen_ai.input.messages", MESSAGES));

        SpanRecord span = records(call).getFirst();

        Classification client =
                Classification.newBuilder().setSource("client").setConfidence(1).build();
        assertThat(span.getDimensions().getIntent()).isEqualTo("digest");
        assertThat(span.getDimensions().getLanguage()).isEqualTo("de");
        assertThat(span.getIntentFound()).isEqualTo(client);
        assertThat(span.getLanguageFound()).isEqualTo(client);
    }

    @Test
    void aCallWhoseRequestIsElsewhereIsClassifiedByItselfAndAToolIsNot() {
        Span.Builder call = Otlp.call("00000000000000a2")
                .setName("call")
                .setParentSpanId(Otlp.hex("00000000000000ff"))
                .addAttributes(Otlp.text("gen_ai.input.messages", MESSAGES));
        Span.Builder tool = Otlp.span("00000000000000a3")
                .setName("tool")
                .setParentSpanId(Otlp.hex("00000000000000ff"))
                .addAttributes(Otlp.text("input.value", ASKED));

        List<SpanRecord> spans = records(call, tool);

        assertThat(Captures.named(spans, "call").getDimensions().getIntent()).isEqualTo("summary");
        assertThat(Captures.named(spans, "tool").getDimensions().getIntent()).isEmpty();
        assertThat(Captures.named(spans, "tool").hasIntentFound()).isFalse();
    }

    @Test
    void whatIsNotSureIsNotSaid() {
        SpanRecord span = records(Otlp.call("00000000000000a1")
                        .addAttributes(Otlp.text("gen_ai.input.messages", "[{\"role\":\"user\",\"content\":\"ok\"}]")))
                .getFirst();

        assertThat(span.getDimensions().getLanguage()).isEmpty();
        assertThat(span.getDimensions().getIntent()).isEmpty();
        assertThat(span.hasIntentFound() || span.hasLanguageFound()).isFalse();
    }

    private List<SpanRecord> records(Span.Builder... spans) {
        return Captures.parsed(pipeline.process(
                Otlp.request(List.of(), spans).toByteArray(), OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW));
    }
}
