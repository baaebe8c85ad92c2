package io.pentameter.ingest.service;

import static io.pentameter.ingest.service.Traffic.JSON;
import static io.pentameter.ingest.service.Traffic.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.SpanRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Files of Bedrock's log, uploaded and found in the folder that the setting names. */
@QuarkusTest
@QuarkusTestResource(IngestEngines.class)
class BedrockServiceTest {

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // set by the test framework
    URI service;

    @ConfigProperty(name = "pentameter.ingest.bedrock.folder")
    Path folder;

    @Test
    void anUploadedFileIsInTheLogWhenItIsAnsweredAndCountsOnce() {
        Traffic traffic = new Traffic(service);
        byte[] file = (record("r1") + "\nnot a record\n").getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> answer = traffic.post("/api/v1/imports/bedrock", "application/x-ndjson", file);
        traffic.post("/api/v1/imports/bedrock", "application/x-ndjson", file);
        HttpResponse<byte[]> nothing = traffic.post("/api/v1/imports/bedrock", JSON, new byte[0]);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer))
                .isEqualTo("{\"accepted\":1,\"refused\":1,\"message\":\"line 2 must be a JSON object: not a record\"}");
        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(nothing.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(traffic.spans())
                .extracting(SpanRecord::getSpanId)
                .hasSize(2)
                .allMatch(traffic.spans().getFirst().getSpanId()::equals);
        assertThat(traffic.accounting())
                .anyMatch(intake -> intake.getRoute().equals("bedrock_import") && intake.getAccepted() == 1);
    }

    @Test
    void aFileInTheFolderIsImportedForTheTenantThatTheSettingNamesAndMoved() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("team-a/AWSLogs/2026"));
        Path others = Files.createDirectories(folder.resolve("nobody"));
        Files.writeString(mine.resolve("good.json"), record("folder-1"));
        Files.writeString(mine.resolve("bad.json"), "nothing");
        Files.writeString(others.resolve("good.json"), record("folder-2"));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(folder.resolve("team-a/done/AWSLogs/2026/good.json")).exists();
            assertThat(folder.resolve("team-a/failed/AWSLogs/2026/bad.json")).exists();
        });

        assertThat(Files.readString(folder.resolve("team-a/failed/AWSLogs/2026/bad.json.error.txt")))
                .contains("must be a JSON object");
        assertThat(others.resolve("good.json")).exists();
        List<SpanRecord> told = Traffic.log().all(Topics.SPANS, SpanRecord.parser()).stream()
                .filter(span ->
                        span.getAttributesOrDefault("bedrock.request_id", "").startsWith("folder-"))
                .toList();
        assertThat(told).singleElement().satisfies(span -> {
            assertThat(span.getTenant()).isEqualTo("tenant-of-the-folder");
            assertThat(span.getKeyId()).isEqualTo("bedrock-folder");
        });
    }

    @Test
    void aBodyBesideTheLogIsReadAndMovedWithIt() throws IOException {
        Path hour = Files.createDirectories(folder.resolve("team-a/AWSLogs/2026/15"));
        Files.createDirectories(hour.resolve("data"));
        Files.writeString(
                hour.resolve("data/r_input.json"), "{\"messages\":[{\"role\":\"user\",\"content\":\"at length\"}]}");
        Files.writeString(
                hour.resolve("log.json"),
                record("beside-1")
                        .replace(
                                "\"inputTokenCount\"",
                                "\"inputBodyS3Path\":\"s3://bucket/prefix/AWSLogs/2026/15/data/r_input.json\",\"inputTokenCount\""));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(folder.resolve("team-a/done/AWSLogs/2026/15/log.json")).exists();
            assertThat(folder.resolve("team-a/done/AWSLogs/2026/15/data/r_input.json"))
                    .exists();
        });

        assertThat(Traffic.log().all(Topics.SPANS, SpanRecord.parser()).stream()
                        .filter(span -> span.getAttributesOrDefault("bedrock.request_id", "")
                                .equals("beside-1")))
                .singleElement()
                .satisfies(span -> assertThat(span.getPayload().getInput()).contains("at length"));
    }

    private static String record(String request) {
        return """
            {"schemaType":"ModelInvocationLog","timestamp":"%s","requestId":"%s","operation":"Converse","modelId":"amazon.nova-micro-v1:0","input":{"inputTokenCount":3},"output":{"outputTokenCount":2}}""".formatted(Instant.now(), request);
    }
}
