package io.pentameter.aggregation.repricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pentameter.aggregation.testing.Engines;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.kit.token.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Every question of cost by both bases. Ten calls of 1,000 tokens in at 0.15 and 100 out at 0.60 a million: 0.0015 and 0.0006, together
 * 0.0021. With a fifth off they are 0.0012 and 0.00048, together 0.00168; a call is 0.00021, or 0.000168.
 */
@QuarkusTest
@QuarkusTestResource(Engines.class)
class PriceBasisTest {

    private static final Instant NOON = Spans.noon();
    private static final Instant DAY = NOON.truncatedTo(ChronoUnit.DAYS);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NOW = "as_priced_now";
    private static final String BILLED = "as_billed";
    private static final String WINDOW = "\"from\":\"%s\",\"to\":\"%s\"".formatted(DAY, DAY.plus(Duration.ofDays(1)));
    private static final String DAYS =
            "\"from\":\"%s\",\"to\":\"%s\"".formatted(date(DAY), date(DAY.plus(Duration.ofDays(1))));

    private final String tenant = "basis-" + UUID.randomUUID();

    @Test
    void everyAnswerTellsBothAndWhichItIs() throws Exception {
        RepricingServiceTest.send(tenant, 10);
        await().atMost(PATIENCE).until(() -> "0.0021".equals(total(NOW)));
        RepricingServiceTest.discount(tenant, "20");
        reprice();

        assertThat(classes(NOW)).isEqualTo(Map.of("in_uncached", "0.0012", "out_text", "0.00048"));
        assertThat(classes(BILLED)).isEqualTo(Map.of("in_uncached", "0.0015", "out_text", "0.0006"));
        assertThat(total(NOW)).isEqualTo("0.00168");
        assertThat(total(BILLED)).isEqualTo("0.0021");
        assertThat(ask("query", "{%s}".formatted(WINDOW)).getString("priceBasis"))
                .isEqualTo(NOW);
        both("explain", "{\"before\":{%s},\"after\":{%s}".formatted(dayBefore(), WINDOW), "changeUsd");
        both("economics", "{" + WINDOW, "total.costs.inferenceUsd");
        both("what-if", "{\"pricesUsdPerMillion\":{\"in_uncached\":1,\"out_text\":1}," + WINDOW, "total.actualUsd");
        both("allocation", "{\"by\":[\"customer\"]," + DAYS, "totals.directUsd");
        files();
        reconciliation();
        traces();
    }

    @Test
    void aBasisThatIsNoneIsRefusedByName() {
        for (String route : List.of("query", "explain", "economics", "what-if", "allocation")) {
            Response refused = as(Scope.READ).body("{\"priceBasis\":\"list\"}").post("/api/v1/costs/" + route);

            assertThat(refused.statusCode()).as(route).isEqualTo(400);
            assertThat(refused.asString())
                    .as(route)
                    .contains("/priceBasis")
                    .contains("must be one of [as_priced_now, as_billed]: 'list'");
        }
        for (String route : List.of("export", "statement", "reconciliation")) {
            assertThat(as(Scope.READ)
                            .get("/api/v1/costs/" + route + "?priceBasis=list")
                            .asString())
                    .as(route)
                    .contains("must be one of [as_priced_now, as_billed]: 'list'");
        }
    }

    private void both(String route, String body, String path) {
        for (String basis : List.of(NOW, BILLED)) {
            JsonPath answer = ask(route, body + ",\"priceBasis\":\"" + basis + "\"}");
            assertThat(answer.getString(path)).as(route + " " + basis).isEqualTo(amount(basis));
            assertThat(answer.getString("priceBasis")).as(route).isEqualTo(basis);
        }
    }

    private void files() {
        for (String basis : List.of(NOW, BILLED)) {
            Response file = as(Scope.READ)
                    .get("/api/v1/costs/export?from=%s&to=%s&priceBasis=%s"
                            .formatted(DAY, DAY.plus(Duration.ofDays(1)), basis));
            assertThat(file.header("Pentameter-Ledger-Usd")).isEqualTo(amount(basis));
            assertThat(file.header("Pentameter-Price-Basis")).isEqualTo(basis);
            assertThat(file.asString()
                            .lines()
                            .skip(1)
                            .map(line -> new BigDecimal(line.substring(0, line.indexOf(','))))
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(amount(basis));
            JsonPath statement = as(Scope.READ)
                    .get("/api/v1/costs/statement?month=%s&priceBasis=%s"
                            .formatted(DAY.toString().substring(0, 7), basis))
                    .jsonPath();
            assertThat(statement.getString("ledgerUsd")).isEqualTo(amount(basis));
            assertThat(statement.getString("priceBasis")).isEqualTo(basis);
        }
    }

    /** The provider billed what was agreed: as priced now there is no difference, as billed one of 0.00042. */
    private void reconciliation() {
        as(Scope.ADMIN)
                .body(
                        "{\"format\":\"csv\",\"provider\":\"openai\",\"csv\":\"date,model,amount\\n%s,gpt-4o-mini,0.00168\"}"
                                .formatted(date(DAY)))
                .post("/api/v1/costs/invoices")
                .then()
                .statusCode(201);
        String path = "/api/v1/costs/reconciliation?provider=openai&from=%s&to=%s"
                .formatted(date(DAY), date(DAY.plus(Duration.ofDays(1))));

        JsonPath now = as(Scope.READ).get(path).jsonPath();
        JsonPath billed = as(Scope.READ).get(path + "&priceBasis=" + BILLED).jsonPath();

        assertThat(now.getString("priceBasis")).isEqualTo(NOW);
        assertThat(now.getString("providers[0].totals.varianceUsd")).isEqualTo("0");
        assertThat(now.getBoolean("providers[0].totals.exceeds")).isFalse();
        assertThat(billed.getString("providers[0].totals.ledgerUsd")).isEqualTo("0.0021");
        assertThat(billed.getString("providers[0].totals.varianceUsd")).isEqualTo("-0.00042");
        assertThat(billed.getBoolean("providers[0].totals.exceeds")).isTrue();
    }

    private void traces() {
        String search = "{\"filters\":[{\"dimension\":\"cost_usd\",\"op\":\"lt\",\"value\":0.0002}]," + WINDOW + "}";

        JsonPath cheap =
                as(Scope.READ).body(search).post("/api/v1/traces/search").jsonPath();
        String id = cheap.getString("traces[0].traceId");
        JsonPath trace = as(Scope.READ).get("/api/v1/traces/" + id).jsonPath();

        assertThat(cheap.getList("traces")).hasSize(10);
        assertThat(cheap.getString("traces[0].costUsd")).isEqualTo("0.000168");
        assertThat(trace.getString("costUsd")).isEqualTo("0.000168");
        assertThat(trace.getString("billedCostUsd")).isEqualTo("0.00021");
        assertThat(trace.getString("spans[0].cost.usd")).isEqualTo("0.000168");
        assertThat(trace.getList("spans[0].cost.parts.usd")).isEqualTo(List.of("0.00012", "0.000048"));
        assertThat(trace.getString("spans[0].cost.asBilled.usd")).isEqualTo("0.00021");
        assertThat(trace.getList("spans[0].cost.asBilled.parts.usd")).isEqualTo(List.of("0.00015", "0.00006"));
        assertThat(trace.getString("spans[0].cost.asBilled.priceVersion")).isEqualTo("book-1");
    }

    private void reprice() {
        String order = "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(NOON, NOON.plusSeconds(600));
        String id = as(Scope.ADMIN)
                .body(order)
                .post("/api/v1/costs/repricings")
                .jsonPath()
                .getString("id");
        await().atMost(PATIENCE)
                .until(() -> "calculated"
                        .equals(as(Scope.READ)
                                .get("/api/v1/costs/repricings/" + id)
                                .jsonPath()
                                .getString("state")));
        as(Scope.ADMIN).post("/api/v1/costs/repricings/" + id + "/apply").then().statusCode(200);
    }

    private Map<String, String> classes(String basis) {
        JsonPath answer =
                ask("query", "{\"groupBy\":[\"token_class\"],\"priceBasis\":\"%s\",%s}".formatted(basis, WINDOW));
        Map<String, String> classes = new HashMap<>();
        List<String> names = answer.getList("groups.group.token_class");
        List<String> amounts = answer.getList("groups.costUsd");
        for (int i = 0; i < names.size(); i++) {
            classes.put(names.get(i), amounts.get(i));
        }
        return classes;
    }

    private String total(String basis) {
        return String.valueOf(ask("query", "{\"priceBasis\":\"%s\",%s}".formatted(basis, WINDOW))
                .getString("total.costUsd"));
    }

    private JsonPath ask(String route, String body) {
        Response answer = as(Scope.READ).body(body).post("/api/v1/costs/" + route);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.jsonPath();
    }

    private RequestSpecification as(Scope... scopes) {
        return RepricingServiceTest.as(tenant, scopes);
    }

    private static String amount(String basis) {
        return basis.equals(NOW) ? "0.00168" : "0.0021";
    }

    private static String dayBefore() {
        return "\"from\":\"%s\",\"to\":\"%s\"".formatted(DAY.minus(Duration.ofDays(1)), DAY);
    }

    private static String date(Instant day) {
        return day.toString().substring(0, 10);
    }
}
