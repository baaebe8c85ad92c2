package io.pentameter.ingest.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.assembly.Permutation;
import io.pentameter.ingest.helicone.Helicone;
import io.pentameter.ingest.intake.Captures;
import io.pentameter.ingest.intake.Otlp;
import io.pentameter.ingest.langfuse.Langfuse;
import io.pentameter.ingest.otlp.OtlpEncoding;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is billed by the piece, as clients report it, to the nano-dollar. Prices of the shipped book, in USD: Claude Sonnet 4.5
 * 3 and 15 a million tokens, 0.01 a search; DALL-E 3 0.04 a picture; Whisper 0.0001 a second; TTS 0.000015 a character; Mistral
 * OCR 0.004 a page.
 */
class PiecesTest {

    /** 1,000 × 3,000 + 200 × 15,000 + 2 × 10,000,000 nano-dollars. */
    private static final long TWO_SEARCHES = 26_000_000;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        pentameter.usage.searches | 2
        gen_ai.usage.details.web_search_requests | 2
        ai.response.providerMetadata | {"anthropic":{"usage":{"server_tool_use":{"web_search_requests":2}}}}
        langsmith.usage_metadata | {"server_tool_use":{"web_search_requests":2}}
        langfuse.observation.usage_details | {"web_search_requests":2}
        """)
    void searchesAreAddedToTheTokens(String name, String value) {
        SpanRecord call = otlp("anthropic", "claude-sonnet-4-5", tokens(), Otlp.text(name, value));

        assertThat(call.getUsage().getSearches()).isEqualTo(2);
        assertThat(call.getUsage().getInUncached()).isEqualTo(1000);
        assertThat(call.getCost().getTotalNanoUsd()).isEqualTo(TWO_SEARCHES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        openai    | dall-e-3           | pentameter.usage.images        | 3    | 120000000
        openai    | whisper-1          | pentameter.usage.media_seconds | 12.5 | 1250000
        openai    | whisper-1          | pentameter.usage.media_ms      | 500  | 50000
        openai    | tts-1              | pentameter.usage.characters    | 1000 | 15000000
        mistralai | mistral-ocr-latest | pentameter.usage.pages         | 7    | 28000000
        """)
    void whatHasNoTokensIsPricedByThePiece(String provider, String model, String name, String count, long nanoUsd) {
        SpanRecord call = otlp(provider, model, new KeyValue[0], Otlp.text(name, count));

        assertThat(call.getCost().getUnknownReason()).isEmpty();
        assertThat(call.getCost().getTotalNanoUsd()).isEqualTo(nanoUsd);
    }

    @Test
    void piecesOfAModelThatBillsTokensTooAreNotTheWholePrice() {
        SpanRecord call =
                otlp("anthropic", "claude-sonnet-4-5", new KeyValue[0], Otlp.text("pentameter.usage.searches", "2"));

        assertThat(call.getCost().getKnown()).isFalse();
        assertThat(call.getCost().getUnknownReason()).isEqualTo("usage_incomplete");
    }

    @Test
    void aPieceWithoutAPriceMakesTheCostUnknownAndNotTooLow() {
        SpanRecord call = otlp("openai", "gpt-4o-mini", tokens(), Otlp.text("pentameter.usage.pages", "2"));

        assertThat(call.getCost().getUnknownReason()).isEqualTo("price_incomplete");
        assertThat(otlp("openai", "gpt-4o-mini", tokens(), Otlp.text("pentameter.usage.pages", "-2"))
                        .getCost()
                        .getTotalNanoUsd())
                .isEqualTo(1000 * 150 + 200 * 600);
    }

    @Test
    void answersOfProvidersShowTheirPieces() {
        SpanRecord searched = helicone("claude-sonnet-4-5", """
            {"type":"message","model":"claude-sonnet-4-5","usage":{"input_tokens":1000,"output_tokens":200,\
            "server_tool_use":{"web_search_requests":2}}}""");
        SpanRecord drawn = helicone("dall-e-3", """
            {"created":1795179986,"data":[{"url":"https://a.example/1"},{"b64_json":"aGk="}]}""");
        SpanRecord heard = helicone("whisper-1", """
            {"text":"hi","usage":{"type":"duration","seconds":12}}""");

        assertThat(searched.getCost().getTotalNanoUsd()).isEqualTo(TWO_SEARCHES);
        assertThat(drawn.getCost().getUnknownReason()).isEmpty();
        assertThat(drawn.getUsage().getImages()).isEqualTo(2);
        assertThat(drawn.getCost().getTotalNanoUsd()).isEqualTo(80_000_000);
        assertThat(heard.getCost().getTotalNanoUsd()).isEqualTo(1_200_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        dall-e-3          | "usage":{"total":3,"unit":"IMAGES"}                                            | 120000000
        whisper-1         | "usage":{"input":12.5,"unit":"SECONDS"}                                        | 1250000
        tts-1             | "usage":{"input":1000,"unit":"CHARACTERS"}                                     | 15000000
        claude-sonnet-4-5 | "usageDetails":{"input":1000,"output":200,"web_search_requests":2}             | 26000000
        claude-sonnet-4-5 | "usageDetails":{"input":1000,"output":200,"total":1200,"searches":2}           | 26000000
        """)
    void langfuseCountsInUnitsOtherThanTokensToo(String model, String usage, long nanoUsd) {
        VendorInput input = Langfuse.ingestion().read(Vendors.request(), Vendors.utf8("""
            {"batch":[{"id":"e1","timestamp":"2026-11-20T15:59:00Z","type":"generation-create","body":{"id":"g1",\
            "traceId":"t1","name":"call","startTime":"2026-11-20T15:59:00Z","endTime":"2026-11-20T15:59:01Z","model":"%s",%s}}]}""".formatted(model, usage)));

        SpanRecord call = Permutation.atOnce(input.fragments()).spans().stream()
                .filter(span -> span.getKind() == SpanKind.SPAN_KIND_MODEL_CALL)
                .findFirst()
                .orElseThrow();

        assertThat(call.getCost().getUnknownReason()).isEmpty();
        assertThat(call.getCost().getTotalNanoUsd()).isEqualTo(nanoUsd);
    }

    private static SpanRecord helicone(String model, String answer) {
        VendorInput input =
                Helicone.log().read(Vendors.request(Map.of(), Map.of()), Vendors.utf8("""
                    {"providerRequest":{"url":"custom-model-nopath","json":{"model":"%s"},"meta":{}},\
                    "providerResponse":{"status":200,"headers":{},"json":%s},\
                    "timing":{"startTime":{"seconds":1795189200,"milliseconds":0},"endTime":{"seconds":1795189201,"milliseconds":0}}}""".formatted(model, answer)));
        return Vendors.records(input).getFirst();
    }

    private static KeyValue[] tokens() {
        return new KeyValue[] {
            Otlp.whole("gen_ai.usage.input_tokens", 1000), Otlp.whole("gen_ai.usage.output_tokens", 200)
        };
    }

    private static SpanRecord otlp(String provider, String model, KeyValue[] tokens, KeyValue piece) {
        Span.Builder span = Otlp.span("00000000000000aa")
                .addAttributes(Otlp.text("gen_ai.operation.name", "chat"))
                .addAttributes(Otlp.text("gen_ai.provider.name", provider))
                .addAttributes(Otlp.text("gen_ai.request.model", model))
                .addAttributes(piece);
        for (KeyValue count : tokens) {
            span.addAttributes(count);
        }
        return Captures.parsed(Captures.pipeline()
                        .process(Otlp.request(span).toByteArray(), OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW))
                .getFirst();
    }
}
