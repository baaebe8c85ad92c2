package io.pentameter.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.luben.zstd.Zstd;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.IntakeRecord;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The protocols of vendors over HTTP, with their pieces in PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(IngestEngines.class)
class VendorServiceTest {

    private static final String JSON = "application/json";

    @SuppressWarnings("TimeInStaticInitializer") // spans must be of today, whenever the tests run
    private static final Instant START = Instant.now().minusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS);

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // set by the test framework
    URI service;

    @ConfigProperty(name = "test.signing-key")
    String signingKey;

    @ConfigProperty(name = "pentameter.kafka.bootstrap")
    String bootstrap;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String tenant = "tenant-" + UUID.randomUUID();

    @BeforeEach
    void awaitTheTablesOfPieces() {
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        post("/api/public/ingestion", batch(event("e", "span-create", "{\"id\":\"w\"}")), "warm-up")
                                        .statusCode()
                                == 207);
    }

    @Test
    void aBatchIsInTheLogAndAccountedForWhenItIsAnswered() {
        HttpResponse<String> answer = post(
                "/api/public/ingestion",
                batch(
                        event("1", "trace-create", "{\"id\":\"t\",\"name\":\"ask\",\"userId\":\"u\"}"),
                        event(
                                "2",
                                "generation-update",
                                "{\"id\":\"g\",\"traceId\":\"t\",\"usage\":{\"input\":120,\"output\":45}}"),
                        event(
                                "3",
                                "generation-create",
                                "{\"id\":\"g\",\"traceId\":\"t\",\"model\":\"gpt-4o-mini\",\"startTime\":\"%s\"}"
                                        .formatted(START)),
                        event("4", "mystery-create", "{}"),
                        event("5", "score-create", "{\"traceId\":\"t\",\"name\":\"s\",\"value\":1}")));

        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.body()).contains("{\"id\":\"3\",\"status\":201}").contains("\"id\":\"4\",\"status\":400");
        assertThat(answer.headers().firstValue("Content-Type")).contains(JSON);
        assertThat(answer.headers().firstValue("Pentameter-Spans-Accepted")).contains("2");
        assertThat(answer.headers().firstValue("Pentameter-Spans-Refused")).contains("1");
        assertThat(latest()).hasSize(2).anySatisfy(span -> {
            assertThat(span.getCost().getTotalNanoUsd()).isEqualTo(120 * 150 + 45 * 600);
            assertThat(span.getDimensions().getUser()).isEqualTo("u");
        });
        assertThat(accounting()).singleElement().satisfies(intake -> {
            assertThat(intake.getReceived()).isEqualTo(3);
            assertThat(intake.getAccepted()).isEqualTo(2);
            assertThat(intake.getRoute()).isEqualTo("langfuse_ingestion");
        });
        assertThat(scores())
                .singleElement()
                .satisfies(score -> assertThat(score.getName()).isEqualTo("s"));
    }

    @Test
    void whateverTheOrderOfTheRequestsTheStoreEndsInTheSameState() {
        List<String> events = List.of(
                event(
                        "1",
                        "trace-create",
                        "{\"id\":\"TRACE\",\"name\":\"ask\",\"userId\":\"bob@x.org\",\"tags\":[\"a\"]}"),
                event("2", "trace-create", "{\"id\":\"TRACE\",\"output\":\"fin\",\"tags\":[\"b\"]}"),
                event(
                        "3",
                        "span-create",
                        "{\"id\":\"s\",\"traceId\":\"TRACE\",\"name\":\"step\",\"startTime\":\"%s\"}"
                                .formatted(START.minusSeconds(500))),
                event("4", "span-update", "{\"id\":\"s\",\"traceId\":\"TRACE\",\"endTime\":\"%s\"}".formatted(START)),
                event(
                        "5",
                        "generation-create",
                        "{\"id\":\"g\",\"traceId\":\"TRACE\",\"parentObservationId\":\"s\",\"model\":\"gpt-4o-mini\","
                                + "\"startTime\":\"%s\"}".formatted(START.minusSeconds(400))),
                event(
                        "6",
                        "generation-update",
                        "{\"id\":\"g\",\"traceId\":\"TRACE\",\"usage\":{\"input\":7,\"output\":3},\"endTime\":\"%s\"}"
                                .formatted(START.minusSeconds(390))));
        List<List<SpanRecord>> ends = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            List<String> order = new ArrayList<>(events);
            order.addAll(events.subList(0, 3));
            if (i > 0) {
                Collections.shuffle(order, new Random(i));
            }
            String trace = UUID.randomUUID().toString();
            for (String one : order) {
                assertThat(post("/api/public/ingestion", batch(one.replace("TRACE", trace)))
                                .statusCode())
                        .isEqualTo(207);
            }
            ends.add(ofTrace(trace));
        }
        assertThat(ends)
                .allSatisfy(end -> assertThat(end).isEqualTo(ends.getFirst()).hasSize(3));
        assertThat(ends.getFirst())
                .allSatisfy(span -> assertThat(span.getDimensions().getUser()).startsWith("[email]#"));
    }

    @Test
    void twoDeliveriesOfOneTraceAtATimeLoseNothing() {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String body = batch(event(
                    "e" + i,
                    "span-create",
                    "{\"id\":\"s%d\",\"traceId\":\"same\",\"startTime\":\"%s\"}".formatted(i, START)));
            answers.add(client.sendAsync(
                    started("POST", "/api/public/ingestion", tenant, body.getBytes(StandardCharsets.UTF_8))
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(207));

        assertThat(latest()).hasSize(41);
    }

    @Test
    void aTenantNeverMeetsThePiecesOfAnother() {
        String create = batch(event("1", "span-create", "{\"id\":\"s\",\"traceId\":\"shared\",\"name\":\"mine\"}"));
        String update = batch(event("2", "span-update", "{\"id\":\"s\",\"traceId\":\"shared\",\"output\":\"secret\"}"));

        assertThat(post("/api/public/ingestion", create).statusCode()).isEqualTo(207);
        assertThat(post("/api/public/ingestion", update, tenant + "-other").statusCode())
                .isEqualTo(207);

        assertThat(latest())
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.getPayload().getOutput()).isEmpty());
        assertThat(latest(tenant + "-other"))
                .hasSize(2)
                .allSatisfy(span -> assertThat(span.getName()).isNotEqualTo("mine"));
    }

    @Test
    void aRunInTwoRequestsIsOneSpanAndZstdAndGzipAreTaken() throws IOException {
        String id = UUID.randomUUID().toString();
        byte[] post =
                "{\"post\":[{\"id\":\"%s\",\"trace_id\":\"%s\",\"name\":\"r\",\"run_type\":\"llm\",\"start_time\":\"%s\"}]}"
                        .formatted(id, id, START)
                        .getBytes(StandardCharsets.UTF_8);
        byte[] patch = "{\"patch\":[{\"id\":\"%s\",\"trace_id\":\"%s\",\"outputs\":{\"x\":1},\"end_time\":%d}]}"
                .formatted(id, id, START.plusSeconds(2).toEpochMilli())
                .getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> first = send(started("POST", "/langsmith/runs/batch", tenant, Zstd.compress(patch))
                .header("Content-Encoding", "zstd"));
        HttpResponse<String> second =
                send(started("POST", "/runs/batch", tenant, gzip(post)).header("Content-Encoding", "gzip"));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(latest()).singleElement().satisfies(run -> {
            assertThat(run.getDurationNs()).isEqualTo(2_000_000_000L);
            assertThat(run.getName()).isEqualTo("r");
        });
        HttpResponse<String> feedback =
                post("/langsmith/feedback", "{\"run_id\":\"%s\",\"key\":\"k\",\"score\":1}".formatted(id));
        assertThat(feedback.statusCode()).isEqualTo(200);
        assertThat(scores()).hasSize(1);
    }

    @Test
    void refusalsAreInTheWordsOfTheVendor() {
        assertThat(post("/api/public/ingestion", "{").statusCode()).isEqualTo(400);
        assertThat(post("/api/public/ingestion", "{").body())
                .startsWith("{\"message\":")
                .contains("\"error\":");
        assertThat(post("/langsmith/runs", "[").statusCode()).isEqualTo(422);
        assertThat(post("/langsmith/runs", "[").body()).startsWith("{\"detail\":");
        HttpResponse<String> nobody = send(HttpRequest.newBuilder(service.resolve("/api/public/ingestion"))
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.body()).contains("\"error\":\"UnauthorizedError\"");
        assertThat(post("/api/public/ingestion", "[".repeat(100_000)).statusCode())
                .isEqualTo(400);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(accounting())
                        .anyMatch(intake -> intake.getRefusedCount() == 1
                                && intake.getRefused(0).getReason().equals("undecodable")
                                && intake.getRoute().equals("langsmith_run")));
    }

    @Test
    void lookupsOfSdksAreAnsweredAsTheyExpect() {
        assertThat(get("/api/public/projects").body()).contains("\"id\":\"" + tenant + "\"");
        assertThat(get("/api/public/v2/prompts/greet?label=production").statusCode())
                .isEqualTo(404);
        assertThat(get("/api/public/v2/prompts/greet?label=production").body())
                .isEqualTo(
                        "{\"message\":\"Prompt not found: 'greet' with label: 'production'\",\"error\":\"LangfuseNotFoundError\"}");
        String hash = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="; // SHA-256 of "abc"
        HttpResponse<String> media = post("/api/public/media", "{\"sha256Hash\":\"%s\"}".formatted(hash));
        assertThat(media.statusCode()).isEqualTo(201);
        assertThat(media.body()).isEqualTo("{\"mediaId\":\"ungWv48Bz-pBQUDeXa4iI7\",\"uploadUrl\":null}");
    }

    private List<SpanRecord> ofTrace(String trace) {
        String hex = trace.replace("-", "");
        return latest().stream()
                .filter(span -> HexFormat.of()
                        .formatHex(span.getTraceId().toByteArray())
                        .equals(hex))
                .map(span -> span.toBuilder()
                        .clearTraceId()
                        .clearReceivedAtUs()
                        .clearSpanId()
                        .clearParentSpanId()
                        .removeAttributes("langfuse.trace.id")
                        .build())
                .sorted(java.util.Comparator.comparing(SpanRecord::getName).thenComparingLong(SpanRecord::getStartNs))
                .toList();
    }

    private List<SpanRecord> latest() {
        return latest(tenant);
    }

    /** The rows that a replacing table would have: the last record at each place, and none where there is a mark. */
    private List<SpanRecord> latest(String of) {
        Map<String, SpanRecord> rows = new HashMap<>();
        for (SpanRecord span : new Log(bootstrap).all(Topics.SPANS, SpanRecord.parser())) {
            if (span.getTenant().equals(of)) {
                String row = HexFormat.of()
                                .formatHex(span.getTraceId()
                                        .concat(span.getSpanId())
                                        .toByteArray())
                        + span.getStartNs() / 60_000_000_000L;
                rows.merge(row, span, (old, now) -> now.getReceivedAtUs() >= old.getReceivedAtUs() ? now : old);
            }
        }
        return rows.values().stream().filter(span -> !span.getIsDeleted()).toList();
    }

    private List<ScoreRecord> scores() {
        return new Log(bootstrap)
                .all(Topics.SCORES, ScoreRecord.parser()).stream()
                        .filter(score -> score.getTenant().equals(tenant))
                        .toList();
    }

    private List<IntakeRecord> accounting() {
        return new Log(bootstrap)
                .all(Topics.ACCOUNTING, IntakeRecord.parser()).stream()
                        .filter(intake -> intake.getTenant().equals(tenant))
                        .toList();
    }

    private HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(service.resolve(path)).header("Authorization", "Bearer " + token(tenant)));
    }

    private HttpResponse<String> post(String path, String body) {
        return post(path, body, tenant);
    }

    private HttpResponse<String> post(String path, String body, String of) {
        return send(started("POST", path, of, body.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpRequest.Builder started(String method, String path, String of, byte[] body) {
        return HttpRequest.newBuilder(service.resolve(path))
                .header("Content-Type", JSON)
                .header("Authorization", "Bearer " + token(of))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String token(String of) {
        return TokenSigner.fromFile(Path.of(signingKey), InstantSource.system())
                .sign(new Caller("gateway", "key_1", of, Set.of(Scope.INGEST), Set.of(), "key_1", "test"));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static String batch(String... events) {
        return "{\"batch\":[" + String.join(",", events) + "],\"metadata\":{}}";
    }

    private static String event(String id, String type, String body) {
        return "{\"id\":\"%s\",\"type\":\"%s\",\"timestamp\":\"%s\",\"body\":%s}"
                .formatted(id, type, START.plusSeconds(id.hashCode() % 7), body);
    }
}
