package io.pentameter.aggregation.reconciliation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pentameter.aggregation.engine.AllTenantsQuery;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.invoice.InvoicesChanged;
import io.pentameter.aggregation.sink.SinkProgress;
import io.pentameter.aggregation.testing.Engines;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import io.pentameter.stack.testing.SharedEngines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The look that nobody asks for. Other tests of the service import invoices of days that it does not go back to. */
@QuarkusTest
@QuarkusTestResource(Engines.class)
class ReconciliationJobTest {

    @Inject
    ReconciliationJob job;

    @Inject
    SinkProgress progress;

    @Inject
    MeterRegistry meters;

    @Inject
    Reads reads;

    @Test
    void whoIsApartIsCountedUntilTheDifferenceIsAccepted() {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        await().atMost(Duration.ofSeconds(60)).until(progress::isLeader);

        post("/api/v1/costs/invoices", """
                {"format":"csv","provider":"openai","csv":"date,model,amount\\n%s,o9,12.5"}""".formatted(day));
        job.look();
        double before = exceeding();
        post("/api/v1/costs/reconciliation/adjustments", """
                {"provider":"openai","from":"%s","to":"%s","amountUsd":"12.5","reason":"missing","note":"not traced"}""".formatted(day, day.plusDays(1)));
        job.look();

        assertThat(before).isEqualTo(1);
        assertThat(exceeding()).isZero();
        assertThat(meters.get("pentameter.reconciliation.faults").gauge().value())
                .isZero();
    }

    /** The ledger's side has been deleted, so that nobody can say whether the invoice is right. */
    @Test
    void daysWhoseSpansHaveBeenDeletedAreNotApart() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        await().atMost(Duration.ofSeconds(60)).until(progress::isLeader);
        job.look();
        double before = exceeding();

        Store.of(SharedEngines.clickHouse().database())
                .reads()
                .run(
                        "INSERT INTO kept_since (tenant, since, days, at) SELECT 'brief', toDateTime(%d, 'UTC'), 5, now64(3)"
                                .formatted(today.minusDays(5)
                                        .atStartOfDay(ZoneOffset.UTC)
                                        .toEpochSecond()),
                        new Bindings());
        post("brief", "/api/v1/costs/invoices", """
                {"format":"csv","provider":"openai","csv":"date,model,amount\\n%s,o9,12.5"}""".formatted(today.minusDays(20)));
        job.look();

        assertThat(exceeding()).isEqualTo(before);
    }

    /** Of 1,000 billed the ledger has 994 and 996: 0.6 % and 0.4 % of the invoice. */
    @Test
    void whatRulesWatchIsTheShareOfTheInvoiceThatRemains() {
        Instant noon = Spans.noon();
        LocalDate day = LocalDate.ofInstant(noon, ZoneOffset.UTC);
        Spans spans = new Spans(97);
        Store.of(SharedEngines.clickHouse().database())
                .put(List.of(paid(spans, noon, "openai", 994), paid(spans, noon, "anthropic", 996)));

        for (String provider : List.of("openai", "anthropic")) {
            post("watched", "/api/v1/costs/invoices", """
                    {"format":"csv","provider":"%s","csv":"date,model,amount\\n%s,m1,1000"}""".formatted(provider, day));
        }
        JsonPath apart = variance("watched", "\"provider\"");
        JsonPath worst = variance("watched", "");
        post("watched", "/api/v1/costs/reconciliation/adjustments", """
                {"provider":"openai","from":"%s","to":"%s","amountUsd":"6","reason":"missing","note":"not traced"}""".formatted(day, day.plusDays(1)));
        JsonPath accepted = variance("watched", "\"provider\"");

        assertThat(apart.getList("series.group.provider")).isEqualTo(List.of("openai", "anthropic"));
        assertThat(apart.getDouble("series[0].totals.invoice_variance")).isEqualTo(0.006);
        assertThat(apart.getString("series[0].totals.invoice_variance_usd")).isEqualTo("6");
        assertThat(apart.getDouble("series[1].totals.invoice_variance")).isEqualTo(0.004);
        assertThat(worst.getDouble("totals.invoice_variance")).isEqualTo(0.006);
        assertThat(accepted.getDouble("series[0].totals.invoice_variance")).isEqualTo(0.004);
        assertThat(accepted.getDouble("series[1].totals.invoice_variance")).isZero();
        assertThat(as("watched", Scope.READ)
                        .body(query("\"feature\""))
                        .post("/api/v1/metrics/query")
                        .asString())
                .contains("provider is the only dimension of the measures of invoices");
    }

    @Test
    void whatWasFoundOfInvoicesThatAreWithdrawnIsUnknownFromThenOn() {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        List<String> ids = Stream.of("openai", "anthropic")
                .map(provider -> post("withdrawn", "/api/v1/costs/invoices", """
                        {"format":"csv","provider":"%s","csv":"date,model,amount\\n%s,m1,1000"}""".formatted(provider, day)))
                .map(answer -> answer.jsonPath().getString("id"))
                .toList();
        Double apart = share("openai");

        as("withdrawn", Scope.ADMIN)
                .delete("/api/v1/costs/invoices/" + ids.getFirst())
                .then()
                .statusCode(204);
        Double gone = share("openai");
        Double worstOfTheRest = variance("withdrawn", "").getObject("totals.invoice_variance", Double.class);
        as("withdrawn", Scope.ADMIN)
                .delete("/api/v1/costs/invoices/" + ids.getLast())
                .then()
                .statusCode(204);
        JsonPath none = variance("withdrawn", "");

        assertThat(apart).isEqualTo(1);
        assertThat(gone).isNull();
        assertThat(worstOfTheRest).isEqualTo(1);
        assertThat(none.getString("totals.invoice_variance")).isNull();
        assertThat(none.getString("totals.invoice_variance_usd")).isNull();
        assertThat(none.getInt("totals.invoice_comparisons")).isEqualTo(4); // 1, 2 and 1, then none
    }

    @Test
    void aComparisonThatFailedIsTriedAgainSoon() throws InterruptedException {
        AtomicInteger faults = new AtomicInteger(2);
        CountDownLatch compared = new CountDownLatch(1);
        ReconciliationJob failing = new ReconciliationJob(
                new Soon(),
                new AwayAtFirst(reads, faults),
                (table, columns, rows, token) -> {
                    compared.countDown();
                    return new Insertion.Stored();
                },
                progress,
                InstantSource.system(),
                new SimpleMeterRegistry());
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        post("retried", "/api/v1/costs/invoices", """
                {"format":"csv","provider":"openai","csv":"date,model,amount\\n%s,m1,0"}""".formatted(day)); // nobody exceeds by it

        failing.changed(new InvoicesChanged("retried"));

        assertThat(compared.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(faults).hasValue(0);
    }

    /** @param faults how many reads fail before the first that does not */
    private record AwayAtFirst(Reads reads, AtomicInteger faults) implements Reads {

        @Override
        public <T> List<T> read(TenantQuery query, Row<T> row) {
            if (faults.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
                throw new IllegalStateException("the engine is away");
            }
            return reads.read(query, row);
        }

        @Override
        public <T> List<T> read(AllTenantsQuery query, Row<T> row) {
            return reads.read(query, row);
        }
    }

    private record Soon() implements ReconciliationConfig {

        @Override
        public boolean enabled() {
            return false;
        }

        @Override
        public Duration every() {
            return Duration.ofMinutes(15);
        }

        @Override
        public Duration retryAfter() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int retries() {
            return 2;
        }

        @Override
        public int days() {
            return 35;
        }
    }

    private static @Nullable Double share(String provider) {
        return variance("withdrawn", "\"provider\"")
                .getObject(
                        "series.find { it.group.provider == '" + provider + "' }.totals.invoice_variance",
                        Double.class);
    }

    private static JsonPath variance(String tenant, String groupBy) {
        Response answer = as(tenant, Scope.READ).body(query(groupBy)).post("/api/v1/metrics/query");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.jsonPath();
    }

    private static String query(String groupBy) {
        Instant now = Instant.now();
        return "{\"measures\":[\"invoice_variance\",\"invoice_variance_usd\",\"invoice_comparisons\"],\"groupBy\":[%s],\"from\":\"%s\",\"to\":\"%s\"}"
                .formatted(groupBy, now.minusSeconds(3600), now.plusSeconds(60));
    }

    private static SpanRecord paid(Spans spans, Instant at, String provider, long dollars) {
        return spans.request("watched", at)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder().setProvider(provider).setModel("m1"))
                .setUsage(Usage.newBuilder().setInUncached(10))
                .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(dollars * 1_000_000_000))
                .build();
    }

    private double exceeding() {
        return meters.get("pentameter.reconciliation.exceeding").gauge().value();
    }

    private static void post(String path, String body) {
        post("apart", path, body);
    }

    private static Response post(String tenant, String path, String body) {
        Response answer = as(tenant, Scope.ADMIN).body(body).post(path);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        return answer;
    }

    private static RequestSpecification as(String tenant, Scope scope) {
        TokenSigner signer = TokenSigner.fromFile(
                Path.of(ConfigProvider.getConfig().getValue("test.key.gateway", String.class)), Clock.systemUTC());
        Caller caller = new Caller("gateway", "key_1", tenant, Set.of(scope), Set.of(), "key_1", "test");
        return given().header("Authorization", "Bearer " + signer.sign(caller)).contentType("application/json");
    }
}
