package io.pentameter.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.ChangeRecord;
import io.pentameter.contracts.v1.IntakeRecord;
import io.pentameter.contracts.v1.OutcomeRecord;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.contracts.v1.TenantProfile;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(IngestEngines.class)
class IngestServiceTest {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // set by the test framework
    URI service;

    @ConfigProperty(name = "test.signing-key")
    String signingKey;

    @ConfigProperty(name = "pentameter.kafka.bootstrap")
    String bootstrap;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String tenant = "tenant-" + UUID.randomUUID();

    @Test
    void aDeliveryIsInTheLogAndAccountedForWhenItIsAnswered() {
        HttpResponse<byte[]> answer =
                post("/v1/traces", PROTOBUF, request(span(), span()).toByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Type")).contains(PROTOBUF);
        assertThat(answer.headers().firstValue("Pentameter-Spans-Accepted")).contains("2");
        assertThat(answer.headers().firstValue("Pentameter-Spans-Refused")).contains("0");
        assertThat(answer.headers().firstValue("Pentameter-Request-Id")).contains("req-1");
        assertThat(spans()).hasSize(2).allSatisfy(span -> {
            assertThat(span.getKeyId()).isEqualTo("key_1");
            assertThat(span.getCost().getTotalNanoUsd()).isEqualTo(120 * 150 + 45 * 600);
            assertThat(Log.time(span.getReceivedAtUs())).isBetween(Instant.now().minusSeconds(60), Instant.now());
        });
        assertThat(accounting()).singleElement().satisfies(intake -> {
            assertThat(intake.getReceived()).isEqualTo(2);
            assertThat(intake.getAccepted()).isEqualTo(2);
            assertThat(intake.getRoute()).isEqualTo("otlp_http_protobuf");
        });
    }

    @Test
    void everyMountTakesTraces() {
        for (String path :
                List.of("/v1/traces", "/api/public/otel/v1/traces", "/otel/v1/traces", "/langsmith/otel/v1/traces")) {
            assertThat(post(path, PROTOBUF, request(span()).toByteArray()).statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(spans()).hasSize(4);
    }

    @Test
    void theGoodRestOfABatchIsKeptAndTheBadNamedInTheRequestsEncoding() throws InvalidProtocolBufferException {
        HttpResponse<byte[]> answer = post(
                "/v1/traces",
                PROTOBUF,
                request(span(), span().setTraceId(ByteString.copyFromUtf8("x"))).toByteArray());

        ExportTraceServiceResponse response = ExportTraceServiceResponse.parseFrom(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(response.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
        assertThat(response.getPartialSuccess().getErrorMessage()).contains("traceId must be 16 bytes");
        assertThat(answer.headers().firstValue("Pentameter-Spans-Refused")).contains("1");
        assertThat(spans()).hasSize(1);
    }

    @Test
    void anEvaluationInTheLogsIsAScoreWhenItIsAnsweredAndTheRestIsNamed() throws InvalidProtocolBufferException {
        ExportLogsServiceRequest logs = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addLogRecords(LogRecord.newBuilder()
                                        .setEventName("gen_ai.evaluation.result")
                                        .setTraceId(ByteString.copyFromUtf8("0123456789abcdef"))
                                        .addAttributes(text("gen_ai.evaluation.name", "Relevance"))
                                        .addAttributes(text("gen_ai.evaluation.score.label", "pass")))
                                .addLogRecords(LogRecord.newBuilder().setEventName("gen_ai.user.message"))))
                .build();

        HttpResponse<byte[]> answer = post("/v1/logs", PROTOBUF, logs.toByteArray());
        HttpResponse<byte[]> beside = post("/api/public/otel/v1/logs", JSON, "{}".getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> broken = post("/v1/logs", JSON, "{".getBytes(StandardCharsets.UTF_8));

        ExportLogsServiceResponse response = ExportLogsServiceResponse.parseFrom(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(response.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
        assertThat(response.getPartialSuccess().getErrorMessage()).contains("gen_ai.user.message");
        assertThat(answer.headers().firstValue("Pentameter-Logs-Accepted")).contains("1");
        assertThat(new Log(bootstrap).all(Topics.SCORES, ScoreRecord.parser()))
                .filteredOn(score -> score.getTenant().equals(tenant))
                .singleElement()
                .satisfies(score -> assertThat(score.getPassed()).isTrue());
        assertThat(accounting())
                .as("scores are no spans; a broken request is a refused request")
                .allMatch(intake -> intake.getReceived() == 0 && intake.getAccepted() == 0);
        assertThat(text(beside)).isEqualTo("{}");
        assertThat(broken.statusCode()).isEqualTo(400);
    }

    @Test
    void jsonIsAnsweredInJson() throws IOException {
        byte[] body = captured("otel-json/02.json");

        HttpResponse<byte[]> answer = post("/v1/traces", "application/json; charset=utf-8", body);

        // captured on a day that may be out of the window by now: refused or taken, but read
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(JSON);
        assertThat(text(answer)).startsWith("{");
    }

    @Test
    void compressedBodiesAreTakenAndABombIsTooLarge() throws IOException {
        HttpResponse<byte[]> good = post(
                "/v1/traces", PROTOBUF, gzip(request(span()).toByteArray()), r -> r.header("Content-Encoding", "gzip"));
        HttpResponse<byte[]> bomb =
                post("/v1/traces", JSON, gzip(new byte[100 << 20]), r -> r.header("Content-Encoding", "gzip"));

        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(bomb.statusCode()).isEqualTo(413);
        assertThat(text(bomb)).contains("\"code\":8").contains("at most 67108864 bytes");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(accounting())
                        .anyMatch(intake -> intake.getRefusedCount() == 1
                                && intake.getRefused(0).getReason().equals("body_too_large")));
    }

    @Test
    void aBodyLargerThanTheLimitIsTooLarge() {
        assertThat(post("/v1/traces", PROTOBUF, new byte[(64 << 20) + 1]).statusCode())
                .isEqualTo(413);
    }

    @Test
    void wrongContentAndBrokenBodiesAreRefusedWithASentence() {
        HttpResponse<byte[]> type = post("/v1/traces", "text/plain", new byte[0]);
        HttpResponse<byte[]> coding = post("/v1/traces", JSON, new byte[0], r -> r.header("Content-Encoding", "br"));
        HttpResponse<byte[]> cut =
                post("/v1/traces", PROTOBUF, Arrays.copyOf(request(span()).toByteArray(), 20));

        assertThat(type.statusCode()).isEqualTo(415);
        assertThat(text(type)).contains("text/plain").contains("application/x-protobuf");
        assertThat(coding.statusCode()).isEqualTo(415);
        assertThat(text(coding)).contains("gzip, deflate or identity: br");
        assertThat(cut.statusCode()).isEqualTo(400);
        assertThat(text(cut)).contains("cut off or broken");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(accounting())
                        .anyMatch(intake -> intake.getRefusedCount() == 1
                                && intake.getRefused(0).getReason().equals("undecodable")));
    }

    @Test
    void whoIsNotKnownOrMayNotIsToldSoInTheDialect() {
        HttpResponse<byte[]> nobody = send(started("/v1/traces", JSON, "{}".getBytes(StandardCharsets.UTF_8))
                .build());
        HttpResponse<byte[]> reader = send(started("/v1/traces", JSON, "{}".getBytes(StandardCharsets.UTF_8))
                .header("Authorization", "Bearer " + token(Scope.READ))
                .build());

        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(text(nobody)).startsWith("{\"code\":16,");
        assertThat(reader.statusCode()).isEqualTo(403);
        assertThat(text(reader)).startsWith("{\"code\":7,").contains("scope ingest");
    }

    @Test
    void otherMethodsAreNotAllowed() {
        HttpResponse<byte[]> answer =
                send(HttpRequest.newBuilder(service.resolve("/v1/traces")).build());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void aBodyThatStopsInTheMiddleIsTimedOutAndHurtsNobody() throws IOException {
        String head = "POST /v1/traces HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token(Scope.INGEST)
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
        assertThat(post("/v1/traces", PROTOBUF, request(span()).toByteArray()).statusCode())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(metrics()).contains("pentameter_ingest_in_flight_bytes 0.0"));
    }

    @Test
    void aSuspendedTenantIsRefusedAsSoonAsTheLogSaysSo() throws ExecutionException, InterruptedException {
        assertThat(post("/v1/traces", PROTOBUF, request(span()).toByteArray()).statusCode())
                .isEqualTo(200);

        new Log(bootstrap)
                .set(TenantConfigRecord.newBuilder()
                        .setTenant(tenant)
                        .setKind("tenant")
                        .setProfile(TenantProfile.newBuilder().setSuspended(true))
                        .build());

        await().atMost(Duration.ofSeconds(10))
                .until(() -> post("/v1/traces", PROTOBUF, new byte[0]).statusCode() == 403);
    }

    @Test
    void feedbackBecomesAScoreOfTheTrace() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        byte[] body = "{\"traceId\":\"%s\",\"thumbs\":\"up\",\"comment\":\"thanks, bob@x.org\"}"
                .formatted(trace)
                .getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> answer = post("/api/v1/feedback", JSON, body, r -> r.header("Idempotency-Key", "k1"));

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(202);
        assertThat(text(answer)).contains("\"id\":\"k1\"");
        assertThat(new Log(bootstrap).all(Topics.SCORES, ScoreRecord.parser()))
                .filteredOn(score -> score.getTenant().equals(tenant))
                .singleElement()
                .satisfies(score -> {
                    assertThat(score.getValue()).isEqualTo(1);
                    assertThat(HexFormat.of().formatHex(score.getTraceId().toByteArray()))
                            .isEqualTo(trace);
                    assertThat(score.getComment()).isEqualTo("thanks, [email]");
                });
    }

    @Test
    void feedbackThatIsWrongIsAProblemThatNamesEachField() {
        byte[] body = "{\"traceId\":\"x\",\"rating\":9}".getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> answer = post("/api/v1/feedback", JSON, body);
        HttpResponse<byte[]> notJson = post("/api/v1/feedback", JSON, "{".getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> large = post("/api/v1/feedback", JSON, new byte[(1 << 20) + 1]);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(text(answer)).contains("/traceId").contains("/rating").contains("from 1 to 5: 9");
        assertThat(notJson.statusCode()).isEqualTo(400);
        assertThat(large.statusCode()).isEqualTo(413);
    }

    @Test
    void outcomesAndChangesAreInTheLogWhenTheyAreAnswered() {
        byte[] outcomes = """
                [{"id":"o1","name":"resolved","success":true,"value":0.1,"unit":"USD"},{"name":"x","value":"a lot"},
                 {"id":"o2","name":"resolved","success":false}]""".getBytes(StandardCharsets.UTF_8);
        byte[] deploy = "{\"kind\":\"deploy\",\"title\":\"1.3\",\"id\":\"d1\"}".getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> mixed = post("/api/v1/outcomes", JSON, outcomes);
        HttpResponse<byte[]> again = post("/api/v1/outcomes", JSON, outcomes);
        HttpResponse<byte[]> changed = post("/api/v1/changes", JSON, deploy);
        HttpResponse<byte[]> removed = send(HttpRequest.newBuilder(service.resolve("/api/v1/outcomes/o2"))
                .header("Authorization", "Bearer " + token(Scope.INGEST))
                .DELETE()
                .build());

        assertThat(mixed.statusCode()).as(text(mixed)).isEqualTo(207);
        assertThat(text(mixed))
                .startsWith(
                        "{\"accepted\":2,\"refused\":1,\"items\":[{\"index\":0,\"id\":\"o1\"},{\"index\":2,\"id\":\"o2\"}]")
                .contains("\"pointer\":\"/1/value\"");
        assertThat(text(again)).isEqualTo(text(mixed));
        assertThat(changed.statusCode()).as(text(changed)).isEqualTo(202);
        assertThat(text(changed)).isEqualTo("{\"id\":\"d1\"}");
        assertThat(removed.statusCode()).as(text(removed)).isEqualTo(202);
        assertThat(new Log(bootstrap).all(Topics.OUTCOMES, OutcomeRecord.parser()))
                .filteredOn(outcome -> outcome.getTenant().equals(tenant))
                .extracting(OutcomeRecord::getOutcomeId, OutcomeRecord::getValueNanoUsd, OutcomeRecord::getIsDeleted)
                .containsExactly(
                        tuple("o1", 100_000_000L, false),
                        tuple("o2", 0L, false),
                        tuple("o1", 100_000_000L, false),
                        tuple("o2", 0L, false),
                        tuple("o2", 0L, true));
        assertThat(new Log(bootstrap).all(Topics.CHANGES, ChangeRecord.parser()))
                .filteredOn(change -> change.getTenant().equals(tenant))
                .extracting(ChangeRecord::getKind)
                .containsExactly("deploy");
    }

    @Test
    void itIsReadyAndSaysWhatItDoes() {
        assertThat(post("/v1/traces", PROTOBUF, request(span()).toByteArray()).statusCode())
                .isEqualTo(200);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(send(HttpRequest.newBuilder(service.resolve("/q/health/ready"))
                                        .build())
                                .statusCode())
                        .isEqualTo(200));
        assertThat(metrics())
                .contains("pentameter_ingest_spans_received_total", "pentameter_ingest_spans_accepted_total")
                .contains("pentameter_ingest_ack_seconds_bucket", "pentameter_ingest_body_bytes_total");
    }

    private String metrics() {
        return text(send(HttpRequest.newBuilder(service.resolve("/q/metrics")).build()));
    }

    private List<SpanRecord> spans() {
        return new Log(bootstrap)
                .all(Topics.SPANS, SpanRecord.parser()).stream()
                        .filter(span -> span.getTenant().equals(tenant))
                        .toList();
    }

    private List<IntakeRecord> accounting() {
        return new Log(bootstrap)
                .all(Topics.ACCOUNTING, IntakeRecord.parser()).stream()
                        .filter(intake -> intake.getTenant().equals(tenant))
                        .toList();
    }

    private HttpResponse<byte[]> post(String path, String type, byte[] body) {
        return post(path, type, body, r -> r);
    }

    private HttpResponse<byte[]> post(String path, String type, byte[] body, UnaryOperator<HttpRequest.Builder> more) {
        return send(more.apply(started(path, type, body)
                        .header("Authorization", "Bearer " + token(Scope.INGEST))
                        .header("Pentameter-Request-Id", "req-1"))
                .build());
    }

    private HttpRequest.Builder started(String path, String type, byte[] body) {
        return HttpRequest.newBuilder(service.resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String token(Scope scope) {
        return TokenSigner.fromFile(Path.of(signingKey), InstantSource.system())
                .sign(new Caller("gateway", "key_1", tenant, Set.of(scope), Set.of(), "key_1", "test"));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
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

    private static Span.Builder span() {
        long now = System.currentTimeMillis() * 1_000_000;
        byte[] id = HexFormat.of().parseHex(UUID.randomUUID().toString().replace("-", ""));
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom(id))
                .setSpanId(ByteString.copyFrom(id, 0, 8))
                .setName("chat")
                .setStartTimeUnixNano(now - 1_000_000_000)
                .setEndTimeUnixNano(now)
                .addAttributes(text("gen_ai.operation.name", "chat"))
                .addAttributes(text("gen_ai.provider.name", "openai"))
                .addAttributes(text("gen_ai.request.model", "gpt-4o-mini"))
                .addAttributes(whole("gen_ai.usage.input_tokens", 120))
                .addAttributes(whole("gen_ai.usage.output_tokens", 45));
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static KeyValue whole(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }

    private static ExportTraceServiceRequest request(Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span.Builder span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                .build();
    }
}
