package io.pentameter.ingest.service;

import static io.pentameter.ingest.service.Traffic.JSON;
import static io.pentameter.ingest.service.Traffic.PROTOBUF;
import static io.pentameter.ingest.service.Traffic.request;
import static io.pentameter.ingest.service.Traffic.span;
import static io.pentameter.ingest.service.Traffic.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.contracts.v1.TenantProfile;
import io.pentameter.kit.token.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(IngestEngines.class)
class IngestServiceTest {

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // set by the test framework
    URI service;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Traffic traffic;

    @BeforeEach
    void aTenantOfItsOwn() {
        traffic = new Traffic(service);
    }

    @Test
    void aDeliveryIsInTheLogAndAccountedForWhenItIsAnswered() {
        HttpResponse<byte[]> answer =
                traffic.post("/v1/traces", PROTOBUF, request(span(), span()).toByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).contains(PROTOBUF);
        assertThat(answer.headers().firstValue("Pentameter-Spans-Accepted")).contains("2");
        assertThat(answer.headers().firstValue("Pentameter-Spans-Refused")).contains("0");
        assertThat(answer.headers().firstValue("Pentameter-Request-Id")).contains("req-1");
        assertThat(traffic.spans()).hasSize(2).allSatisfy(span -> {
            assertThat(span.getKeyId()).isEqualTo("key_1");
            assertThat(span.getCost().getTotalNanoUsd()).isEqualTo(120 * 150 + 45 * 600);
            assertThat(Log.time(span.getReceivedAtUs())).isBetween(Instant.now().minusSeconds(60), Instant.now());
        });
        assertThat(traffic.accounting()).singleElement().satisfies(intake -> {
            assertThat(intake.getReceived()).isEqualTo(2);
            assertThat(intake.getAccepted()).isEqualTo(2);
            assertThat(intake.getRoute()).isEqualTo("otlp_http_protobuf");
        });
    }

    @Test
    void everyMountTakesTraces() {
        for (String mount :
                List.of("", "/api/public/otel", "/otel", "/langsmith/otel", "/agents/otel", "/traces/otel")) {
            assertThat(traffic.post(
                                    mount + "/v1/traces",
                                    PROTOBUF,
                                    request(span()).toByteArray())
                            .statusCode())
                    .as(mount)
                    .isEqualTo(200);
        }
        assertThat(traffic.spans()).hasSize(6);
    }

    @Test
    void theProjectInAVendorsHeaderIsAnAttributeOfEachSpan() {
        for (String header : List.of("Langsmith-Project", "x-project-name", "x-mlflow-experiment-id", "project_id")) {
            traffic.post("/v1/traces", PROTOBUF, request(span()).toByteArray(), r -> r.header(header, "of " + header));
        }

        assertThat(traffic.spans())
                .extracting(span -> span.getAttributesOrDefault("project", ""))
                .containsExactlyInAnyOrder(
                        "of Langsmith-Project", "of x-project-name", "of x-mlflow-experiment-id", "of project_id");
    }

    @Test
    void theGoodRestOfABatchIsKeptAndTheBadNamedInTheRequestsEncoding() throws InvalidProtocolBufferException {
        HttpResponse<byte[]> answer = traffic.post(
                "/v1/traces",
                PROTOBUF,
                request(span(), span().setTraceId(ByteString.copyFromUtf8("x"))).toByteArray());

        ExportTraceServiceResponse response = ExportTraceServiceResponse.parseFrom(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(response.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
        assertThat(response.getPartialSuccess().getErrorMessage()).contains("traceId must be 16 bytes");
        assertThat(answer.headers().firstValue("Pentameter-Spans-Refused")).contains("1");
        assertThat(traffic.spans()).hasSize(1);
    }

    @Test
    void jsonIsAnsweredInJson() throws IOException {
        byte[] body = captured("otel-json/02.json");

        HttpResponse<byte[]> answer = traffic.post("/v1/traces", "application/json; charset=utf-8", body);

        // captured on a day that may be out of the window by now: refused or taken, but read
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(JSON);
        assertThat(text(answer)).startsWith("{");
    }

    @Test
    void compressedBodiesAreTakenAndABombIsTooLarge() throws IOException {
        HttpResponse<byte[]> good = traffic.post(
                "/v1/traces", PROTOBUF, gzip(request(span()).toByteArray()), r -> r.header("Content-Encoding", "gzip"));
        HttpResponse<byte[]> bomb =
                traffic.post("/v1/traces", JSON, gzip(new byte[100 << 20]), r -> r.header("Content-Encoding", "gzip"));

        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(bomb.statusCode()).isEqualTo(413);
        assertThat(text(bomb)).contains("\"code\":8").contains("at most 67108864 bytes");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(traffic.accounting())
                        .anyMatch(intake -> intake.getRefusedCount() == 1
                                && intake.getRefused(0).getReason().equals("body_too_large")));
    }

    @Test
    void aBodyLargerThanTheLimitIsTooLarge() {
        assertThat(traffic.post("/v1/traces", PROTOBUF, new byte[(64 << 20) + 1])
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void wrongContentAndBrokenBodiesAreRefusedWithASentence() {
        HttpResponse<byte[]> type = traffic.post("/v1/traces", "text/plain", new byte[0]);
        HttpResponse<byte[]> coding =
                traffic.post("/v1/traces", JSON, new byte[0], r -> r.header("Content-Encoding", "br"));
        HttpResponse<byte[]> cut = traffic.post(
                "/v1/traces", PROTOBUF, Arrays.copyOf(request(span()).toByteArray(), 20));

        assertThat(type.statusCode()).isEqualTo(415);
        assertThat(text(type)).contains("text/plain").contains("application/x-protobuf");
        assertThat(coding.statusCode()).isEqualTo(415);
        assertThat(text(coding)).contains("gzip, deflate or identity: br");
        assertThat(cut.statusCode()).isEqualTo(400);
        assertThat(text(cut)).contains("cut off or broken");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(traffic.accounting())
                        .anyMatch(intake -> intake.getRefusedCount() == 1
                                && intake.getRefused(0).getReason().equals("undecodable")));
    }

    @Test
    void whoIsNotKnownOrMayNotIsToldSoInTheDialect() {
        HttpResponse<byte[]> nobody =
                traffic.send(traffic.started("/v1/traces", JSON, "{}".getBytes(StandardCharsets.UTF_8))
                        .build());
        HttpResponse<byte[]> reader =
                traffic.send(traffic.started("/v1/traces", JSON, "{}".getBytes(StandardCharsets.UTF_8))
                        .header("Authorization", "Bearer " + traffic.token(Scope.READ))
                        .build());

        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(text(nobody)).startsWith("{\"code\":16,");
        assertThat(reader.statusCode()).isEqualTo(403);
        assertThat(text(reader)).startsWith("{\"code\":7,").contains("scope ingest");
    }

    @Test
    void otherMethodsAreNotAllowed() {
        HttpResponse<byte[]> answer = traffic.send(
                HttpRequest.newBuilder(service.resolve("/v1/traces")).build());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void aBodyThatStopsInTheMiddleIsTimedOutAndHurtsNobody() throws IOException {
        String head = "POST /v1/traces HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + traffic.token(Scope.INGEST)
                + "\r\nContent-Type: application/x-protobuf\r\nContent-Length: 1000\r\n\r\n";
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((head + "abc").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            byte[] start = socket.getInputStream().readNBytes(12);

            assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
        }
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream().write((head + "abc").getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }
        assertThat(traffic.post("/v1/traces", PROTOBUF, request(span()).toByteArray())
                        .statusCode())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(metrics()).contains("pentameter_ingest_in_flight_bytes 0.0"));
    }

    @Test
    void aSuspendedTenantIsRefusedAsSoonAsTheLogSaysSo() throws ExecutionException, InterruptedException {
        assertThat(traffic.post("/v1/traces", PROTOBUF, request(span()).toByteArray())
                        .statusCode())
                .isEqualTo(200);

        Traffic.log()
                .set(TenantConfigRecord.newBuilder()
                        .setTenant(traffic.tenant)
                        .setKind("tenant")
                        .setProfile(TenantProfile.newBuilder().setSuspended(true))
                        .build());

        await().atMost(Duration.ofSeconds(10))
                .until(() -> traffic.post("/v1/traces", PROTOBUF, new byte[0]).statusCode() == 403);
    }

    @Test
    void itIsReadyAndSaysWhatItDoes() {
        assertThat(traffic.post("/v1/traces", PROTOBUF, request(span()).toByteArray())
                        .statusCode())
                .isEqualTo(200);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(traffic.get("/q/health/ready").statusCode()).isEqualTo(200));
        assertThat(metrics())
                .contains("pentameter_ingest_spans_received_total", "pentameter_ingest_spans_accepted_total")
                .contains("pentameter_ingest_ack_seconds_bucket", "pentameter_ingest_body_bytes_total");
    }

    private String metrics() {
        return text(traffic.get("/q/metrics"));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] captured(String name) throws IOException {
        try (InputStream in = IngestServiceTest.class.getResourceAsStream("/captures/" + name)) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }
}
