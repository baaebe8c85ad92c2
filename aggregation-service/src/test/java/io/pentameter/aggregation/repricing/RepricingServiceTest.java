package io.pentameter.aggregation.repricing;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pentameter.aggregation.testing.Engines;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.OwnDiscount;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A repricing as its tenant goes through it: order, report, apply, both prices side by side, revert. */
@QuarkusTest
@QuarkusTestResource(Engines.class)
class RepricingServiceTest {

    private static final Instant NOON = Spans.noon();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final String tenant = "reprice-" + UUID.randomUUID();

    @Test
    void aNegotiatedPriceIsAppliedToThePastAndTakenBack() throws Exception {
        // 1,000 in at 0.15 and 100 out at 0.60 a million: $0.00021, ten times
        send(tenant, 10);
        await().atMost(PATIENCE).until(() -> cost("as_priced_now").equals("0.0021"));
        discount(tenant, "20");

        String id = order("all").jsonPath().getString("id");
        Response second = order("all");
        await().atMost(PATIENCE)
                .until(() -> get(id).jsonPath().getString("state").equals("calculated"));
        Response report = get(id);
        String notYet = cost("as_priced_now");
        Response applied = as(Scope.ADMIN).post("/api/v1/costs/repricings/" + id + "/apply");
        String now = cost("as_priced_now");
        String billed = cost("as_billed");
        String byCustomer = cost("as_priced_now", "customer");
        await().atMost(PATIENCE).until(() -> cost("as_priced_now").equals("0.00168"));
        String ledger = ledger("customer");
        String byClass = ledger("token_class");
        as(Scope.ADMIN).post("/api/v1/costs/repricings/" + id + "/apply");
        Response reverted = as(Scope.ADMIN).post("/api/v1/costs/repricings/" + id + "/revert");
        Response late = as(Scope.ADMIN).post("/api/v1/costs/repricings/" + id + "/apply");

        assertThat(second.statusCode()).isIn(202, 409);
        assertThat(report.jsonPath().getString("report.total.before")).isEqualTo("0.0021");
        assertThat(report.jsonPath().getString("report.total.after")).isEqualTo("0.00168");
        // five of the ten: $0.00105 less a fifth
        assertThat(report.jsonPath().getString("report.byCustomer[0].difference"))
                .isEqualTo("-0.00021");
        assertThat(report.jsonPath().getLong("ownVersion")).isEqualTo(1);
        assertThat(notYet).isEqualTo("0.0021");
        assertThat(applied.jsonPath().getString("state")).isEqualTo("applied");
        assertThat(now).isEqualTo("0.00168");
        assertThat(byCustomer).isEqualTo("0.00168");
        assertThat(billed).isEqualTo("0.0021");
        assertThat(ledger).isEqualTo(byClass).isEqualTo("0.00168");
        assertThat(reverted.jsonPath().getString("state")).isEqualTo("reverted");
        assertThat(cost("as_priced_now")).isEqualTo("0.0021");
        assertThat(ledger("customer")).isEqualTo("0.0021");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(as("stranger", Scope.READ)
                        .get("/api/v1/costs/repricings/" + id)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatRulesWatchOfInvoicesFollowsAtOnceWhenPricesBecomeOthers() throws Exception {
        send(tenant, 10);
        await().atMost(PATIENCE).until(() -> cost("as_priced_now").equals("0.0021"));
        discount(tenant, "20");
        as(Scope.ADMIN)
                .body("""
                        {"format":"csv","provider":"openai","csv":"date,model,amount\\n%s,gpt-4o-mini,0.0021"}""".formatted(LocalDate.ofInstant(NOON, ZoneOffset.UTC)))
                .post("/api/v1/costs/invoices")
                .then()
                .statusCode(201);
        String asBilled = variance();

        String id = order("all").jsonPath().getString("id");
        await().atMost(PATIENCE)
                .until(() -> get(id).jsonPath().getString("state").equals("calculated"));
        as(Scope.ADMIN).post("/api/v1/costs/repricings/" + id + "/apply");
        await().atMost(PATIENCE).until(() -> variance().equals("0.2"));
        as(Scope.ADMIN).post("/api/v1/costs/repricings/" + id + "/revert");
        await().atMost(PATIENCE).until(() -> Double.parseDouble(variance()) == 0);

        assertThat(Double.parseDouble(asBilled)).isZero();
    }

    private String variance() {
        return String.valueOf(as(Scope.READ)
                .body("{\"measures\":[\"invoice_variance\"],\"from\":\"%s\",\"to\":\"%s\"}"
                        .formatted(
                                Instant.now().minusSeconds(3600), Instant.now().plusSeconds(60)))
                .post("/api/v1/metrics/query")
                .jsonPath()
                .getString("totals.invoice_variance"));
    }

    @Test
    void whatCannotBeDoneIsRefusedByName() {
        String open = "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(Instant.now().minusSeconds(3600), Instant.now());

        Response tooEarly = as(Scope.ADMIN).body(open).post("/api/v1/costs/repricings");
        Response version =
                as(Scope.ADMIN).body(body("\"priceVersion\":\"2020-01-01.0\"")).post("/api/v1/costs/repricings");
        Response words = as(Scope.ADMIN)
                .body(body("\"only\":\"some\",\"filters\":[{\"dimension\":\"colour\",\"op\":\"eq\",\"value\":\"x\"}]"))
                .post("/api/v1/costs/repricings");
        Response basis =
                as(Scope.READ).body(query("\"priceBasis\":\"guessed\",", "")).post("/api/v1/metrics/query");

        assertThat(tooEarly.statusCode()).isEqualTo(400);
        assertThat(tooEarly.asString()).contains("at least 15 minutes ago");
        assertThat(version.statusCode()).isEqualTo(400);
        assertThat(version.asString()).contains("/priceVersion").contains("latest");
        assertThat(words.asString()).contains("/only").contains("/filters/0/dimension");
        assertThat(basis.asString()).contains("must be one of [as_priced_now, as_billed]");
        assertThat(as(Scope.READ)
                        .body(body("\"only\":\"all\""))
                        .post("/api/v1/costs/repricings")
                        .statusCode())
                .isEqualTo(403);
        assertThat(as(Scope.ADMIN).post("/api/v1/costs/repricings/none/revert").statusCode())
                .isEqualTo(404);
    }

    private Response order(String only) {
        return as(Scope.ADMIN).body(body("\"only\":\"" + only + "\"")).post("/api/v1/costs/repricings");
    }

    private Response get(String id) {
        return as(Scope.READ).get("/api/v1/costs/repricings/" + id);
    }

    private static String body(String rest) {
        return "{\"from\":\"%s\",\"to\":\"%s\",%s}".formatted(NOON, NOON.plusSeconds(600), rest);
    }

    private String cost(String basis) {
        return cost(basis, "");
    }

    private String cost(String basis, String groupBy) {
        String group = groupBy.isEmpty() ? "" : "\"" + groupBy + "\"";
        return String.valueOf(as(Scope.READ)
                .body(query("\"priceBasis\":\"" + basis + "\",", group))
                .post("/api/v1/metrics/query")
                .jsonPath()
                .getString("totals.cost_usd"));
    }

    private String ledger(String groupBy) {
        String body = "{\"groupBy\":[\"%s\"],\"from\":\"%s\",\"to\":\"%s\"}"
                .formatted(groupBy, NOON.minusSeconds(600), NOON.plusSeconds(1200));
        return String.valueOf(
                as(Scope.READ).body(body).post("/api/v1/costs/query").jsonPath().getString("total.costUsd"));
    }

    private static String query(String rest, String groupBy) {
        return "{%s\"measures\":[\"cost_usd\"],\"groupBy\":[%s],\"from\":\"%s\",\"to\":\"%s\"}"
                .formatted(rest, groupBy, NOON.minusSeconds(600), NOON.plusSeconds(1200));
    }

    /** Calls of 1,000 tokens in and 100 out at the book's price, ten seconds apart from noon on. */
    static void send(String tenant, int count) throws Exception {
        Spans spans = new Spans(tenant.hashCode());
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int i = 0; i < count; i++) {
                SpanRecord span = spans.request(tenant, NOON.plusSeconds(i * 10L))
                        .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                        .setDimensions(Dimensions.newBuilder()
                                .setProvider("openai")
                                .setModel("gpt-4o-mini")
                                .setCustomer("customer-" + i % 2))
                        .setUsage(Usage.newBuilder().setInUncached(1000).setOutText(100))
                        .setCost(Cost.newBuilder()
                                .setKnown(true)
                                .setPriceVersion("book-1")
                                .setTotalNanoUsd(210_000)
                                .addComponents(CostComponent.newBuilder()
                                        .setBucket("in_uncached")
                                        .setUnits(1000)
                                        .setNanoUsdPerUnit("150")
                                        .setNanoUsd(150_000))
                                .addComponents(CostComponent.newBuilder()
                                        .setBucket("out_text")
                                        .setUnits(100)
                                        .setNanoUsdPerUnit("600")
                                        .setNanoUsd(60_000)))
                        .build();
                producer.send(new ProducerRecord<>(
                                Topics.SPANS.topicName(),
                                PartitionKey.ofTrace(tenant, span.getTraceId().toByteArray()),
                                span.toByteArray()))
                        .get();
            }
        }
    }

    static void discount(String tenant, String percent) throws Exception {
        TenantConfigRecord prices = TenantConfigRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant(tenant)
                .setKind("prices")
                .setVersion(1)
                .setPrices(OwnPrices.newBuilder()
                        .addDiscounts(OwnDiscount.newBuilder().setPercent(percent)))
                .build();
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(
                            Topics.TENANT_CONFIG.topicName(),
                            PartitionKey.ofTenant(tenant, "prices"),
                            prices.toByteArray()))
                    .get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", setting("pentameter.kafka.bootstrap")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private RequestSpecification as(Scope... scopes) {
        return as(tenant, scopes);
    }

    static RequestSpecification as(String tenant, Scope... scopes) {
        String token = TokenSigner.fromFile(Path.of(setting("test.key.gateway")), Clock.systemUTC())
                .sign(new Caller("gateway", "u1", tenant, Set.of(scopes), Set.of(), null, "ada"));
        return given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    private static String setting(String name) {
        return requireNonNull(ConfigProvider.getConfig().getValue(name, String.class));
    }
}
