package io.pentameter.ingest.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.intake.Captures;
import io.pentameter.ingest.otlp.Delivery;
import io.pentameter.ingest.otlp.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BedrockFileTest {

    private static final int MAX = 1 << 20;

    private final List<SpanRecord> spans = spans(file());

    @Test
    void aConverseCallHasItsTokensByClassItsPriceAndItsPlaceInTheTrace() {
        SpanRecord call = spans.getFirst();

        assertThat(call.getDialect()).isEqualTo("bedrock");
        assertThat(call.getKind()).isEqualTo(SpanKind.SPAN_KIND_MODEL_CALL);
        assertThat(call.getTraceId()).isEqualTo(Ids.trace("b956002a-fd01-47ba-9da7-07e4c9b1a6b6"));
        assertThat(call.getDurationNs()).isEqualTo(3_640_000_000L);
        assertThat(call.getDimensions().getProvider()).isEqualTo("aws.bedrock");
        assertThat(call.getDimensions().getModel()).isEqualTo("us.anthropic.claude-sonnet-4-5-20250929-v1:0");
        assertThat(call.getDimensions().getRegion()).isEqualTo("us-east-1");
        assertThat(call.getDimensions().getFeature()).isEqualTo("chat");
        assertThat(call.getDimensions().getCustomer()).isEqualTo("a");
        Usage usage = call.getUsage();
        assertThat(usage.getInUncached()).isEqualTo(35);
        assertThat(usage.getInCacheRead()).isEqualTo(1024);
        assertThat(usage.getOutText()).isEqualTo(446);
        assertThat(usage.getReading()).isEqualTo("exclusive");
        assertThat(call.getCost().getKnown())
                .as("%s", call.getCost().getUnknownReason())
                .isTrue();
        assertThat(call.getPayload().getInput()).contains("be brief").contains("\"text\":\"hi\"");
        assertThat(call.getPayload().getOutput()).contains("hello");
        assertThat(call.getPayload().getFinishReason()).isEqualTo("stop");
        assertThat(call.getAttributesMap())
                .containsEntry("bedrock.request_metadata.customer", "a")
                .containsEntry("bedrock.inference_region", "us-west-2")
                .containsKey("gen_ai.tool.definitions");
    }

    @Test
    void aStreamIsPutTogetherFromItsChunks() {
        SpanRecord call = spans.get(1);

        assertThat(call.getDimensions().getModel()).isEqualTo("anthropic.claude-3-5-sonnet-20240620-v1:0");
        assertThat(call.getPayload().getOutput()).isEqualTo("four");
        assertThat(call.getPayload().getFinishReason()).isEqualTo("length");
        assertThat(call.getUsage().getInUncached()).isEqualTo(10);
        assertThat(call.getUsage().getOutText()).isEqualTo(7);
        assertThat(call.getDurationNs()).isEqualTo(900_000_000L);
        assertThat(call.getTtftNs()).isEqualTo(250_000_000L);
        assertThat(call.getResponseId()).isEqualTo("msg_1");
    }

    @Test
    void aThrottledCallIsAFailureWithoutUsage() {
        SpanRecord call = spans.get(2);

        assertThat(call.getOutcome().getError()).isTrue();
        assertThat(call.getOutcome().getFailure()).isEqualTo("rate_limit");
        assertThat(call.getOutcome().getErrorType()).isEqualTo("ThrottlingException");
        assertThat(call.hasUsage()).isFalse();
    }

    @Test
    void anEmbeddingAProfileAndATextModelAreRead() {
        assertThat(spans.get(3).getKind()).isEqualTo(SpanKind.SPAN_KIND_EMBEDDING);
        assertThat(spans.get(3).getUsage().getInUncached()).isEqualTo(3);
        assertThat(spans.get(3).getAttributesMap().toString()).doesNotContain("0.1");
        assertThat(spans.get(4).getDimensions().getModel())
                .as("what is behind a profile of one's own only the body says")
                .isEqualTo("claude-3-5-sonnet-20240620");
        assertThat(spans.get(4).getDimensions().getRequestedModel()).startsWith("arn:aws:bedrock:");
        assertThat(spans.get(5).getPayload().getInput()).isEqualTo("say hi");
        assertThat(spans.get(5).getPayload().getOutput()).isEqualTo("hi");
        assertThat(spans.get(5).getUsage().getOutText()).isEqualTo(2);
    }

    @Test
    void theSameRecordsAreTheSameSpansHoweverTheyCome() {
        String lines = new String(file(), StandardCharsets.UTF_8);
        String first = lines.lines().findFirst().orElseThrow();
        String export = "2026-11-20T10:00:17.000Z " + first + "\n";
        String quoted = "\"" + first.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        String filtered = "{\n \"events\": [\n {\"eventId\":\"1\",\"message\":" + quoted + "}\n]\n}";
        String subscription =
                "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{\"id\":\"1\",\"message\":" + quoted + "}]}";

        assertThat(spans(gzip(file()))).isEqualTo(spans);
        for (String form : List.of(export, filtered, subscription, "[" + first + "]")) {
            assertThat(spans(form.getBytes(StandardCharsets.UTF_8)))
                    .as(form.substring(0, 30))
                    .isEqualTo(List.of(spans.getFirst()));
        }
    }

    @Test
    void aBrokenLineIsNamedAndTheOthersStay() {
        byte[] mixed = ("not json\n" + new String(file(), StandardCharsets.UTF_8)
                        + "{\"schemaType\":\"Other\",\"requestId\":\"r\",\"timestamp\":\"2026-11-20T10:00:00Z\"}\n"
                        + "{\"schemaType\":\"ModelInvocationLog\",\"timestamp\":\"2026-11-20T10:00:00Z\"}\n"
                        + "{\"schemaType\":\"ModelInvocationLog\",\"requestId\":\"r\",\"timestamp\":\"soon\"}\n")
                .getBytes(StandardCharsets.UTF_8);

        BedrockFile.Read read = BedrockFile.read(mixed, MAX, _ -> {}, BedrockBodies.NONE);

        assertThat(read.refusals().message()).isEqualTo("line 1 must be a JSON object: not json");
        var intake = Captures.pipeline().process(new Delivery(read.calls(), 0), Captures.ACME, Captures.NOW);
        assertThat(intake.records()).hasSize(6);
        assertThat(intake.refusals().message())
                .contains("schemaType must be ModelInvocationLog: \"Other\"")
                .contains("requestId must be a text")
                .contains("timestamp must be a time in ISO 8601: \"soon\"");
    }

    @Test
    void whatIsNoFileOfTheLogIsRefusedAsAWhole() {
        assertThatExceptionOfType(UndecodableException.class)
                .isThrownBy(() -> BedrockFile.read(new byte[0], MAX, _ -> {}, BedrockBodies.NONE))
                .withMessage("the file has no record of a model invocation log");
        assertThatExceptionOfType(UndecodableException.class)
                .isThrownBy(() -> BedrockFile.read(gzip(new byte[2 * MAX]), MAX, _ -> {}, BedrockBodies.NONE))
                .withMessageContaining("at most 1048576 bytes");
    }

    @Test
    void mutatedFilesAreReadOrUndecodableAndNothingElse() {
        Random random = new Random(9);
        byte[] file = file();
        for (int i = 0; i < 1_000; i++) {
            byte[] mutated = random.nextInt(4) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
            for (int j = 0; j <= random.nextInt(6) && mutated.length > 0; j++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            try {
                BedrockFile.Read read = BedrockFile.read(mutated, MAX, _ -> {}, BedrockBodies.NONE);
                Captures.pipeline().process(new Delivery(read.calls(), 0), Captures.ACME, Captures.NOW);
            } catch (UndecodableException _) {
                // the one answer to what cannot be read
            }
        }
    }

    private static List<SpanRecord> spans(byte[] file) {
        BedrockFile.Read read = BedrockFile.read(file, MAX, _ -> {}, BedrockBodies.NONE);
        assertThat(read.refusals().total()).as(read.refusals().message()).isZero();
        var intake = Captures.pipeline().process(new Delivery(read.calls(), 0), Captures.ACME, Captures.NOW);
        assertThat(intake.refusals().total()).as(intake.refusals().message()).isZero();
        return Captures.parsed(intake);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] file() {
        try (InputStream in = BedrockFileTest.class.getResourceAsStream("/bedrock/records.jsonl")) {
            if (in == null) {
                throw new IllegalStateException("the records are missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
