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
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.MetricRecord;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.SpanRecord;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logs and metrics by OTLP, on a real broker and a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(IngestEngines.class)
class LatePartsServiceTest {

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
    void anEvaluationInTheLogsIsAScoreWhenItIsAnsweredAndTheRestIsNamed() throws InvalidProtocolBufferException {
        LogRecord.Builder evaluation = LogRecord.newBuilder()
                .setEventName("gen_ai.evaluation.result")
                .setTraceId(ByteString.copyFromUtf8("0123456789abcdef"))
                .addAttributes(text("gen_ai.evaluation.name", "Relevance"))
                .addAttributes(text("gen_ai.evaluation.score.label", "pass"));

        HttpResponse<byte[]> answer = logs(evaluation, LogRecord.newBuilder().setEventName("my.event"));
        HttpResponse<byte[]> beside =
                traffic.post("/api/public/otel/v1/logs", JSON, "{}".getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> broken = traffic.post("/v1/logs", JSON, "{".getBytes(StandardCharsets.UTF_8));

        ExportLogsServiceResponse response = ExportLogsServiceResponse.parseFrom(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(response.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
        assertThat(response.getPartialSuccess().getErrorMessage()).contains("my.event");
        assertThat(answer.headers().firstValue("Pentameter-Logs-Accepted")).contains("1");
        assertThat(traffic.scores())
                .singleElement()
                .satisfies(score -> assertThat(score.getPassed()).isTrue());
        assertThat(traffic.accounting())
                .as("scores are no spans; a broken request is a refused request")
                .allMatch(intake -> intake.getReceived() == 0 && intake.getAccepted() == 0);
        assertThat(text(beside)).isEqualTo("{}");
        assertThat(broken.statusCode()).isEqualTo(400);
    }

    @Test
    void messagesOfASpanThatWasToldBeforeAreToldWithItAgain() {
        Span.Builder call = span();
        traces(call);
        assertThat(traffic.spans()).singleElement().matches(told -> !told.hasPayload());

        HttpResponse<byte[]> answer = logs(message(call, "gen_ai.user.message", "hi"), choice(call, "hello"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        SpanRecord last = last(call);
        assertThat(last.getPayload().getInput()).isEqualTo("[{\"role\":\"user\",\"content\":\"hi\"}]");
        assertThat(last.getPayload().getOutput()).isEqualTo("[{\"role\":\"assistant\",\"content\":\"hello\"}]");
        assertThat(last.getPayload().getFinishReason()).isEqualTo("stop");
        assertThat(last.getCost().getTotalNanoUsd()).isEqualTo(120 * 150 + 45 * 600);
        assertThat(traffic.accounting().stream()
                        .mapToLong(intake -> intake.getAccepted())
                        .sum())
                .isEqualTo(traffic.spans().size());
    }

    @Test
    void messagesThatComeBeforeTheirSpanWaitForIt() {
        Span.Builder call = span();
        assertThat(logs(message(call, "gen_ai.user.message", "hi")).statusCode())
                .isEqualTo(200);
        assertThat(traffic.spans()).isEmpty();

        traces(call);

        assertThat(last(call).getPayload().getInput()).isEqualTo("[{\"role\":\"user\",\"content\":\"hi\"}]");
    }

    @Test
    void repeatsAndPiecesInSeveralRequestsEndAsTheSame() {
        Span.Builder call = span();
        logs(choice(call, "hello"));
        traces(call);
        logs(message(call, "gen_ai.user.message", "hi"));
        logs(message(call, "gen_ai.user.message", "hi"));
        traces(call);

        SpanRecord last = last(call);

        assertThat(last.getPayload().getInput()).isEqualTo("[{\"role\":\"user\",\"content\":\"hi\"}]");
        assertThat(last.getPayload().getOutput()).isEqualTo("[{\"role\":\"assistant\",\"content\":\"hello\"}]");
    }

    @Test
    void aCallIsJudgedByAnAnswerThatCameBeforeOrAfterIt() {
        Span.Builder first = span();
        Span.Builder second = span();
        traces(first);
        logs(choice(first, ""));
        logs(choice(second, ""));
        traces(second);

        for (Span.Builder call : List.of(first, second)) {
            assertThat(last(call).getOutcome().getFailure()).isEqualTo("empty_answer");
            assertThat(last(call).getOutcome().getRule()).isEqualTo("output.no_content");
            assertThat(last(call).getOutcome().getError()).isFalse();
        }
    }

    @Test
    void oneTenantsMessagesAreNotJoinedToAnothersSpan() {
        Traffic other = new Traffic(service);
        Span.Builder call = span();
        traces(call);
        other.post("/v1/logs", PROTOBUF, body(message(call, "gen_ai.user.message", "mine")));

        logs(message(span(), "gen_ai.user.message", "another span"));

        assertThat(traffic.spans())
                .noneMatch(told -> told.getPayload().getInput().contains("mine"));
        assertThat(other.spans()).isEmpty();
    }

    @Test
    void anEvaluationByTheAnswersIdFindsItsSpanInEitherOrder() {
        Span.Builder before = span().addAttributes(text("gen_ai.response.id", "resp-" + traffic.tenant));
        traces(before);
        logs(evaluationOf("resp-" + traffic.tenant));
        assertThat(traffic.scores()).singleElement().satisfies(score -> {
            assertThat(score.getTraceId()).isEqualTo(before.getTraceId());
            assertThat(score.getSpanId()).isEqualTo(before.getSpanId());
        });

        Span.Builder after = span().addAttributes(text("gen_ai.response.id", "later-" + traffic.tenant));
        logs(evaluationOf("later-" + traffic.tenant));
        assertThat(traffic.scores()).hasSize(1);
        traces(after);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(traffic.scores())
                        .extracting(ScoreRecord::getSpanId)
                        .containsExactlyInAnyOrder(before.getSpanId(), after.getSpanId()));
    }

    @Test
    void anEvaluationOfDatadogsFindsItsSpanByATagInEitherOrder() {
        String tag = "\"join_on\":{\"tag\":{\"key\":\"msg_id\",\"value\":\"%s\"}}";
        String evaluation =
                "{\"data\":{\"attributes\":{\"metrics\":[{\"label\":\"ok\",\"score_value\":1," + tag + "}]}}}";
        String span = """
            [{"spans":[{"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"%d","parent_id":"undefined","name":"ask",
              "start_ns":%d,"duration":1000,"status":"ok","tags":["msg_id:%s","ml_app:x"],"meta":{"span.kind":"llm"}}]}]""";
        long now = System.currentTimeMillis() * 1_000_000;

        json("/api/v2/llmobs", span.formatted(77, now, "m1"), 202);
        json("/api/intake/llm-obs/v2/eval-metric", evaluation.formatted("m1"), 202);
        json("/api/intake/llm-obs/v2/eval-metric", evaluation.formatted("m2"), 202);
        assertThat(traffic.scores()).hasSize(1);
        json("/api/v2/llmobs", span.formatted(78, now, "m2"), 202);

        assertThat(traffic.scores())
                .extracting(score -> score.getSpanId().byteAt(7))
                .containsExactlyInAnyOrder((byte) 77, (byte) 78);
        assertThat(traffic.spans()).allMatch(told -> told.getDialect().equals("datadog"));
    }

    @Test
    void anAnnotationOfPhoenixIsToldWithItsTraceOnceThatIsKnown() {
        Span.Builder call = span();
        String id = java.util.HexFormat.of().formatHex(call.getSpanId().toByteArray());
        json(
                "/v1/span_annotations",
                "{\"data\":[{\"span_id\":\"%s\",\"name\":\"ok\",\"annotator_kind\":\"HUMAN\",\"result\":{\"score\":1}}]}"
                        .formatted(id),
                200);
        assertThat(traffic.scores())
                .singleElement()
                .matches(score -> score.getTraceId().isEmpty());

        traces(call);

        assertThat(traffic.scores())
                .extracting(ScoreRecord::getTraceId)
                .containsExactlyInAnyOrder(ByteString.EMPTY, call.getTraceId());
        assertThat(traffic.scores())
                .extracting(ScoreRecord::getScoreId)
                .allMatch(traffic.scores().getFirst().getScoreId()::equals);
    }

    private void json(String path, String body, int status) {
        HttpResponse<byte[]> answer = traffic.post(path, JSON, body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
    }

    @Test
    void metricsAreInTheLogWhenTheyAreAnsweredAndTheRestIsNamed() {
        String body = """
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"calls","sum":{"aggregationTemporality":2,
            "isMonotonic":true,"dataPoints":[{"timeUnixNano":"%d","asInt":"7"}]}},{"name":"old","summary":{
            "dataPoints":[{"timeUnixNano":"1"}]}}]}]}]}""".formatted(System.currentTimeMillis() * 1_000_000);

        HttpResponse<byte[]> answer =
                traffic.post("/agents/otel/v1/metrics", JSON, body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer))
                .startsWith("{\"partialSuccess\":{\"rejectedDataPoints\":\"1\",\"errorMessage\":\"metric old");
        assertThat(answer.headers().firstValue("Pentameter-Points-Accepted")).contains("1");
        assertThat(traffic.all(
                        Topics.METRICS,
                        MetricRecord.parser(),
                        point -> point.getTenant().equals(traffic.tenant)))
                .singleElement()
                .satisfies(point -> assertThat(point.getValue()).isEqualTo(7));
        assertThat(traffic.accounting()).isEmpty();
    }

    private void traces(Span.Builder span) {
        assertThat(traffic.post("/v1/traces", PROTOBUF, request(span).toByteArray())
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<byte[]> logs(LogRecord.Builder... logs) {
        return traffic.post("/v1/logs", PROTOBUF, body(logs));
    }

    /** What counts in the end: the record with the latest receipt. */
    private SpanRecord last(Span.Builder span) {
        List<SpanRecord> all = traffic.spans().stream()
                .filter(told -> told.getSpanId().equals(span.getSpanId()))
                .toList();
        return all.stream()
                .max(Comparator.comparingLong(SpanRecord::getReceivedAtUs))
                .orElseThrow();
    }

    private static LogRecord.Builder evaluationOf(String response) {
        return LogRecord.newBuilder()
                .setEventName("gen_ai.evaluation.result")
                .addAttributes(text("gen_ai.response.id", response))
                .addAttributes(text("gen_ai.evaluation.name", "Relevance"))
                .addAttributes(text("gen_ai.evaluation.score.label", "pass"));
    }

    private static LogRecord.Builder message(Span.Builder span, String event, String content) {
        return event(span, event, KeyValueList.newBuilder().addValues(text("content", content)));
    }

    private static LogRecord.Builder choice(Span.Builder span, String content) {
        return event(
                span,
                "gen_ai.choice",
                KeyValueList.newBuilder()
                        .addValues(text("finish_reason", "stop"))
                        .addValues(io.opentelemetry.proto.common.v1.KeyValue.newBuilder()
                                .setKey("message")
                                .setValue(AnyValue.newBuilder()
                                        .setKvlistValue(
                                                KeyValueList.newBuilder().addValues(text("content", content))))));
    }

    private static LogRecord.Builder event(Span.Builder span, String event, KeyValueList.Builder body) {
        return LogRecord.newBuilder()
                .setEventName(event)
                .setTraceId(span.getTraceId())
                .setSpanId(span.getSpanId())
                .setTimeUnixNano(span.getEndTimeUnixNano())
                .setBody(AnyValue.newBuilder().setKvlistValue(body));
    }

    private static byte[] body(LogRecord.Builder... logs) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (LogRecord.Builder log : logs) {
            scope.addLogRecords(log);
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope))
                .build()
                .toByteArray();
    }
}
