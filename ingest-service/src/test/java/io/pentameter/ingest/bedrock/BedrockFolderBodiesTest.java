package io.pentameter.ingest.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.intake.Captures;
import io.pentameter.ingest.otlp.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that Bedrock keeps beside its log. */
class BedrockFolderBodiesTest {

    private static final String HOUR = "AWSLogs/123456789012/BedrockModelInvocationLogs/us-east-1/2026/11/20/15";
    private static final String KEY = "logs/" + HOUR + "/data/r1_input.json.gz";
    private static final String ASKED =
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"a long question\"}]}]}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "logs/", "bucket/logs/"})
    void areFoundWhereverTheMirrorOfTheBucketBegins(String prefix) throws IOException {
        Path file = write(prefix + HOUR + "/data/r1_input.json.gz", gzip(ASKED));
        BedrockFolderBodies bodies = new BedrockFolderBodies(List.of(folder));

        SpanRecord call = call("s3://bucket/" + KEY, bodies);

        assertThat(call.getPayload().getInput()).contains("a long question");
        assertThat(call.getAttributesMap()).containsEntry("bedrock.input_body", "read");
        assertThat(call.getUsage().getInUncached()).isEqualTo(30_000);
        assertThat(bodies.found()).containsExactly(file);
        assertThat(bodies.isMissing()).isFalse();
        assertThat(BedrockFolderBodies.isBody(file)).isTrue();
    }

    @Test
    void areFoundWhereAnInterruptedImportHasMovedThem() throws IOException {
        write("done/" + HOUR + "/data/r1_input.json.gz", ASKED.getBytes(StandardCharsets.UTF_8));

        SpanRecord call = call("s3://bucket/" + KEY, new BedrockFolderBodies(List.of(folder, folder.resolve("done"))));

        assertThat(call.getPayload().getInput()).contains("a long question");
    }

    @Test
    void thatAreNotThereLeaveTheTokensAndSaySo() {
        BedrockFolderBodies bodies = new BedrockFolderBodies(List.of(folder));

        SpanRecord call = call("s3://bucket/" + KEY, bodies);

        assertThat(bodies.isMissing()).isTrue();
        assertThat(call.getUsage().getInUncached()).isEqualTo(30_000);
        assertThat(call.getAttributesMap())
                .containsEntry("bedrock.input_body", "elsewhere")
                .containsEntry("bedrock.input_body_s3_path", "s3://bucket/" + KEY);
    }

    @Test
    void thatAreTooLargeOrNoJsonAreLeftWhereTheyAre() throws IOException {
        write(HOUR + "/data/r1_input.json.gz", gzip("x".repeat(BedrockFolderBodies.MAX_BODY + 1)));
        assertThat(call("s3://bucket/" + KEY, new BedrockFolderBodies(List.of(folder)))
                        .getAttributesMap())
                .containsEntry("bedrock.input_body", "too_large");

        write(HOUR + "/data/r1_input.json.gz", new byte[] {(byte) 0x89, 'P', 'N', 'G'});
        assertThat(call("s3://bucket/" + KEY, new BedrockFolderBodies(List.of(folder)))
                        .getAttributesMap())
                .containsEntry("bedrock.input_body", "unreadable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://bucket/../../secret/data/r1_input.json",
                "s3://bucket//secret/data/r1_input.json",
                "file:///secret/data/r1_input.json",
                "s3://linked/data/r1_input.json",
                "r1_input.json"
            })
    void nothingOutsideOfTheFolderIsRead(String path) throws IOException {
        Path mirror = Files.createDirectories(folder.resolve("mirror/team"));
        var _ = write("secret/data/r1_input.json", ASKED.getBytes(StandardCharsets.UTF_8));
        Files.createSymbolicLink(mirror.resolve("linked"), folder.resolve("secret"));
        BedrockFolderBodies bodies = new BedrockFolderBodies(List.of(mirror));

        assertThat(bodies.find(path).state()).isEqualTo("elsewhere");
        assertThat(bodies.found()).isEmpty();
    }

    private static SpanRecord call(String inputPath, BedrockBodies bodies) {
        byte[] log = """
            {"schemaType":"ModelInvocationLog","timestamp":"2026-11-20T15:00:00Z","requestId":"r1","operation":"Converse",\
            "modelId":"amazon.nova-micro-v1:0","input":{"inputBodyS3Path":"%s","inputTokenCount":30000},\
            "output":{"outputTokenCount":2}}""".formatted(inputPath).getBytes(StandardCharsets.UTF_8);
        BedrockFile.Read read = BedrockFile.read(log, 1 << 20, _ -> {}, bodies);
        return Captures.parsed(Captures.pipeline().process(new Delivery(read.calls(), 0), Captures.ACME, Captures.NOW))
                .getFirst();
    }

    private Path write(String relative, byte[] content) throws IOException {
        Path file = folder.resolve(relative);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
