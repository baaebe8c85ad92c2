package io.pentameter.aggregation;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.contracts.v1.ChangeRecord;
import io.pentameter.contracts.v1.IntakeRecord;
import io.pentameter.contracts.v1.MetricRecord;
import io.pentameter.contracts.v1.MetricType;
import io.pentameter.contracts.v1.OutcomeRecord;
import io.pentameter.contracts.v1.Refusal;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** What two tenants and their clients have sent to the service before anybody asks it, and how they ask. */
final class ServiceTraffic {

    static final Instant START = Spans.noon();
    static final String SINCE = "&from=" + START.minusSeconds(60);
    static final List<SpanRecord> OURS = new Spans(21).any("acme", START, 600, 300);
    private static final List<SpanRecord> THEIRS = new Spans(22).any("globex", START, 600, 100);
    private static boolean isSent;
    static final String OUR_TRACE =
            HexFormat.of().formatHex(OURS.getFirst().getTraceId().toByteArray());

    private ServiceTraffic() {}

    /** Once, however many classes need it: the service has its port only when the first test begins. */
    static synchronized void send() throws Exception {
        if (isSent) {
            return;
        }
        isSent = true;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", setting("pentameter.kafka.bootstrap")),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (List<SpanRecord> spans : List.of(OURS, THEIRS, OURS.subList(0, 20))) {
                for (SpanRecord span : spans) {
                    send(
                            producer,
                            Topics.SPANS,
                            PartitionKey.ofTrace(
                                    span.getTenant(), span.getTraceId().toByteArray()),
                            span.toByteArray());
                }
            }
            send(producer, Topics.SPANS, PartitionKey.ofTrace("acme", new byte[16]), new byte[] {1, 2, 3});
            send(producer, Topics.ACCOUNTING, PartitionKey.ofTenant("acme"), intake().toByteArray());
            send(producer, Topics.SCORES, PartitionKey.ofTenant("acme"), score().toByteArray());
            send(producer, Topics.AUDIT, PartitionKey.ofTenant("acme"), audit().toByteArray());
            sendFacts(producer);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> spans("acme") == 300 && spans("globex") == 100);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> as("acme", Scope.READ)
                                .get("/api/v1/scores?limit=10" + SINCE)
                                .jsonPath()
                                .getList("scores")
                                .size()
                        == 1);
    }

    private static long spans(String tenant) {
        Response answer = as(tenant, Scope.READ)
                .body(metrics(
                        "\"spans\"", START.toString(), START.plusSeconds(3600).toString(), ""))
                .post("/api/v1/metrics/query");
        return answer.statusCode() == 200 ? answer.jsonPath().getLong("totals.spans") : -1;
    }

    static String metrics(String measures, String from, String to, String rest) {
        return "{\"measures\":[%s],\"from\":\"%s\",\"to\":\"%s\"%s}".formatted(measures, from, to, rest);
    }

    static RequestSpecification as(String tenant, Scope... scopes) {
        Caller caller = new Caller(
                "gateway",
                "key_1",
                tenant,
                Arrays.stream(scopes).collect(Collectors.toSet()),
                Set.of(),
                "key_1",
                "test");
        TokenSigner signer = TokenSigner.fromFile(Path.of(setting("test.key.gateway")), Clock.systemUTC());
        return given().header("Authorization", "Bearer " + signer.sign(caller)).contentType("application/json");
    }

    static RequestSpecification service() {
        TokenSigner signer = TokenSigner.fromFile(Path.of(setting("test.key.alert")), Clock.systemUTC());
        return given().header("Authorization", "Bearer " + signer.signService()).contentType("application/json");
    }

    static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, Topics topic, byte[] key, byte[] value)
            throws Exception {
        var _ = producer.send(new ProducerRecord<>(topic.topicName(), key, value))
                .get();
    }

    private static void sendFacts(KafkaProducer<byte[], byte[]> producer) throws Exception {
        long at = START.getEpochSecond() * 1_000_000 + 60_000_000;
        SpanRecord running = new Spans(23)
                .request("initech", Instant.now().minusSeconds(30))
                .setIsRunning(true)
                .setDurationNs(0)
                .build();
        OutcomeRecord outcome = OutcomeRecord.newBuilder()
                .setTenant("initech")
                .setOutcomeId("o-1")
                .setName("resolved")
                .setSuccess(true)
                .setOccurredAtUs(at)
                .setReceivedAtUs(at)
                .build();
        ChangeRecord change = ChangeRecord.newBuilder()
                .setTenant("initech")
                .setChangeId("c-1")
                .setKind("deploy")
                .setTitle("release 7")
                .setOccurredAtUs(at)
                .setReceivedAtUs(at)
                .build();
        MetricRecord metric = MetricRecord.newBuilder()
                .setTenant("initech")
                .setName("requests")
                .setSeries(running.getTraceId())
                .setType(MetricType.METRIC_TYPE_COUNTER)
                .setIsCumulative(true)
                .setStartUs(at - 1_000_000)
                .setAtUs(at)
                .setReceivedAtUs(at)
                .setValue(5)
                .build();
        byte[] key = PartitionKey.ofTenant("initech");
        send(producer, Topics.SPANS, key, running.toByteArray());
        send(producer, Topics.OUTCOMES, key, outcome.toByteArray());
        send(producer, Topics.CHANGES, key, change.toByteArray());
        send(producer, Topics.METRICS, key, metric.toByteArray());
    }

    private static IntakeRecord intake() {
        return IntakeRecord.newBuilder()
                .setTenant("acme")
                .setKeyId("key_1")
                .setIntakeId("i1")
                .setReceivedAtUs(START.getEpochSecond() * 1_000_000)
                .setReceived(10)
                .setAccepted(5)
                .addRefused(Refusal.newBuilder().setReason("time_out_of_range").setSpans(5))
                .build();
    }

    private static ScoreRecord score() {
        SpanRecord span = OURS.getFirst();
        return ScoreRecord.newBuilder()
                .setTenant("acme")
                .setScoreId("score-1")
                .setTraceId(span.getTraceId())
                .setSpanId(span.getSpanId())
                .setName("helpfulness")
                .setSource(ScoreSource.SCORE_SOURCE_LLM_JUDGE)
                .setValue(0.8)
                .setPassed(true)
                .setInclusionProbability(0.5)
                .setCreatedAtUs(START.getEpochSecond() * 1_000_000)
                .build();
    }

    private static AuditRecord audit() {
        return AuditRecord.newBuilder()
                .setTenant("acme")
                .setAuditId("a1")
                .setAtUs(START.getEpochSecond() * 1_000_000)
                .setActorKind("person")
                .setActorId("p1")
                .setAction("key.create")
                .setObject("key_2")
                .setResult("allowed")
                .putDetails("scope", "read")
                .build();
    }
}
