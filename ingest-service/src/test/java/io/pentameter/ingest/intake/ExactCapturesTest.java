package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.otlp.ContentCoding;
import io.pentameter.ingest.otlp.OtlpEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every OTLP trace that a real client sent, and all that we make of it: tokens by class, cost, model, provider, session,
 * user, messages, failures. The expected lines stand beside each capture and were checked by hand against what the provider
 * said (README of the captures): 120 input tokens with 64 cached, 45 output tokens with 20 of reasoning.
 */
class ExactCapturesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java-opentelemetry-openai/03.bin",
                "langfuse-v5/04.json",
                "langsmith-otel/02.bin",
                "openinference-openai/01.bin",
                "openlit/03.json",
                "otel-instrumentation-openai/01.bin",
                "otel-json/02.json",
                "otel-json-gzip/02.bin",
                "otel-json-partial/02.json",
                "otel-proto/02.bin",
                "otel-proto-retry/02.bin",
                "traceloop-node/01.bin",
                "vercel-ai-4/01.bin",
                "vercel-ai-6/01.bin",
                "vercel-ai-7-legacy/01.bin"
            })
    void aClientsRequestMeansExactlyThis(String capture) {
        boolean isGzip = capture.startsWith("java-") || capture.startsWith("otel-json-gzip");

        List<SpanRecord> spans = Captures.records(capture, isGzip ? ContentCoding.GZIP : ContentCoding.IDENTITY);

        assertThat(CaptureLines.of(spans)).isEqualTo(expected(capture));
    }

    @Test
    void theMessageOfAGrpcRequestMeansTheSameAsOneByHttp() {
        byte[] framed = Captures.body("otel-grpc/01.bin");
        byte[] message = Arrays.copyOfRange(framed, 5, framed.length);

        List<SpanRecord> spans = Captures.parsed(
                Captures.pipeline().process(message, OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW));

        assertThat(CaptureLines.of(spans)).isEqualTo(expected("otel-proto/02.bin"));
    }

    private static String expected(String capture) {
        String file = capture.substring(0, capture.lastIndexOf('.')) + ".expected.txt";
        return new String(Captures.body(file), StandardCharsets.UTF_8);
    }
}
