package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is sent: the right status, a sentence that names what is wrong, the good rest kept, nothing answers 500. */
@ExtendWith(RunningStack.Extension.class)
class BadInputStory {

    private static final String PROTOBUF = "application/x-protobuf";

    private final RunningStack stack;

    BadInputStory(RunningStack stack) {
        this.stack = stack;
    }

    @Test
    void bodiesThatCannotBeReadAreRefusedInTheCallersEncoding() {
        byte[] good = Spans.request(
                        Spans.chat(Instant.now(), Duration.ofSeconds(1)).build())
                .toByteArray();

        Answer truncated = stack.ingest().export(Arrays.copyOf(good, good.length - 7), PROTOBUF);
        Answer wrongType = stack.ingest().export(good, "text/plain");
        Answer notJson =
                stack.ingest().export("{\"resourceSpans\":[".getBytes(StandardCharsets.UTF_8), "application/json");

        assertThat(truncated.status()).isEqualTo(400);
        assertThat(truncated.contentType()).startsWith(PROTOBUF);
        assertThat(wrongType.status()).isEqualTo(415);
        assertThat(notJson.status()).isEqualTo(400);
        assertThat(notJson.contentType()).startsWith("application/json");
        assertThat(notJson.json().get("message").asText()).isNotBlank();
    }

    @Test
    void aGzipBombIsRefusedAsTooLarge() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                gzip.write(zeros);
            }
        }

        Answer answer = stack.ingest()
                .send(
                        "/v1/traces",
                        r -> r.header("Content-Type", PROTOBUF)
                                .header("Content-Encoding", "gzip")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray())));

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void ofAMixedBatchTheGoodSpansAreKeptAndEachBadOneIsNamed() throws InvalidProtocolBufferException {
        Instant now = Instant.now();
        String feature = Spans.unique("mixed");
        Span good = span(feature, now).build();
        List<Span> bad = List.of(
                span(feature, now).setTraceId(Spans.bytes(15)).build(),
                span(feature, now).setSpanId(ByteString.copyFrom(new byte[8])).build(),
                span(feature, Instant.parse("1970-01-02T00:00:00Z")).build(),
                span(feature, Instant.parse("2100-01-01T00:00:00Z")).build(),
                span(feature, now)
                        .setEndTimeUnixNano(Spans.nanos(now.minusSeconds(5)))
                        .build());
        JsonNode before = accounting(now);

        Answer answer = stack.ingest()
                .send(
                        "/v1/traces",
                        r -> r.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        Json.of(Spans.request(Stream.concat(Stream.of(good), bad.stream())
                                                .toList())))));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/partialSuccess/rejectedSpans").asText()).isEqualTo("5");
        String message = answer.json().at("/partialSuccess/errorMessage").asText();
        assertThat(message)
                .containsIgnoringCase("traceId")
                .contains(Spans.hex(bad.get(3).getSpanId()));
        await().atMost(Duration.ofSeconds(10)).until(() -> stored(feature, now) == 1);
        assertThat(stack.otherRead()
                        .get("/api/v1/traces/" + Spans.hex(good.getTraceId()))
                        .status())
                .isEqualTo(404);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> accounting(now).at("/totals/refused").size() > 0
                        && sum(accounting(now).at("/totals/refused")) - sum(before.at("/totals/refused")) >= 5);
    }

    @Test
    void hostileAttributesHurtNobodyElse() {
        Instant now = Instant.now();
        String feature = Spans.unique("hostile");
        Span.Builder many = span(feature, now);
        for (int i = 0; i < 100_000; i++) {
            many.addAttributes(Spans.number("a" + i, i));
        }
        Span essay = span(feature, now)
                .addAttributes(Spans.text("essay", "x".repeat(5_000_000)))
                .build();

        Answer answer = stack.ingest().export(Spans.request(span(feature, now).build(), many.build(), essay));

        assertThat(answer.status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10)).until(() -> stored(feature, now) >= 1);
    }

    @Test
    void anAttributeOfAHundredMegabytesIsTooLarge() {
        Answer answer = stack.ingest()
                .export(Spans.request(span("huge", Instant.now())
                        .addAttributes(Spans.text("essay", "x".repeat(100_000_000)))
                        .build()));

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void unpairedSurrogatesAndNumbersThatAreNoneArePutRight() {
        Instant now = Instant.now();
        String feature = Spans.unique("surrogates");
        String json =
                Json.of(Spans.request(span(feature, now).build())).replace("\"acceptance\"", "\"bad \\ud800 text\"");

        Answer answer = stack.ingest()
                .send(
                        "/v1/traces",
                        r -> r.header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json)));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10)).until(() -> stored(feature, now) == 1);
    }

    @Test
    void aBodyCutOffInTheMiddleHurtsNobody() throws IOException {
        try (Socket socket =
                new Socket(stack.gateway().getHost(), stack.gateway().getPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/traces HTTP/1.1\r\nHost: x\r\nx-api-key: %s\r\nContent-Type: %s\r\n"
                                    + "Content-Length: 100000\r\n\r\nabc")
                            .formatted(stack.fact("PENTAMETER_INGEST_KEY"), PROTOBUF)
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        Answer next = stack.ingest().export(ExportTraceServiceRequest.getDefaultInstance());

        assertThat(next.status()).isEqualTo(200);
    }

    @Test
    void aQueryThatMakesNoSenseIsToldWhatIsAllowed() {
        Answer measure = stack.read().query(query("[\"happiness\"]", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"));
        Answer window = stack.read().query(query("[\"spans\"]", "2016-11-01T00:00:00Z", "2026-11-02T00:00:00Z"));
        Answer order = stack.read().query(query("[\"spans\"]", "2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z"));
        Answer notJson = stack.read().query("{");

        assertProblem(measure, "happiness", "requests");
        assertProblem(window, "400");
        assertProblem(order, "from");
        assertProblem(notJson, "JSON");
    }

    @Test
    void unknownAndWrongCredentialsAreToldApartFromMissingRights() {
        Client nobody = Client.withKey(stack.gateway(), "pm_nobody_0000000000000000000000000000000000000000000");
        Client forged = Client.withToken(stack.gateway(), "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.");

        assertThat(nobody.get("/api/v1/traces").status()).isEqualTo(401);
        assertThat(forged.get("/api/v1/traces").status()).isEqualTo(401);
        assertThat(stack.read()
                        .export(ExportTraceServiceRequest.getDefaultInstance())
                        .status())
                .isEqualTo(403);
        assertThat(stack.ingest().get("/api/v1/traces").status()).isEqualTo(403);
        assertThat(stack.read().get("/api/v1/nothing-here").status()).isEqualTo(404);
    }

    private static void assertProblem(Answer answer, String... words) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().get("detail").asText()).contains(words);
    }

    private static Span.Builder span(String feature, Instant start) {
        return Spans.chat(start, Duration.ofSeconds(1)).addAttributes(Spans.text("pentameter.feature", feature));
    }

    private long stored(String feature, Instant now) {
        return stack.read()
                .query("""
                        {"measures":["spans"],"groupBy":[],"filters":[{"dimension":"feature","op":"eq","value":"%s"}],
                         "from":"%s","to":"%s"}""".formatted(feature, now.minusSeconds(600), now.plusSeconds(600)))
                .json()
                .at("/totals/spans")
                .asLong();
    }

    private JsonNode accounting(Instant now) {
        return stack.read()
                .get("/api/v1/accounting?from=%s&to=%s".formatted(now.minusSeconds(3600), now.plusSeconds(600)))
                .json();
    }

    private static long sum(JsonNode reasons) {
        long sum = 0;
        for (JsonNode count : reasons) {
            sum += count.asLong();
        }
        return sum;
    }

    private static String query(String measures, String from, String to) {
        return "{\"measures\":%s,\"groupBy\":[],\"filters\":[],\"from\":\"%s\",\"to\":\"%s\"}"
                .formatted(measures, from, to);
    }
}
