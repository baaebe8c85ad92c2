package io.pentameter.alert.story;

import static io.pentameter.alert.story.Story.aggregation;
import static io.pentameter.alert.story.Story.as;
import static io.pentameter.alert.story.Story.count;
import static io.pentameter.alert.story.Story.eventually;
import static io.pentameter.alert.story.Story.get;
import static io.pentameter.alert.story.Story.newTenant;
import static io.pentameter.alert.story.Story.newWebhook;
import static io.pentameter.alert.story.Story.post;
import static io.pentameter.alert.story.Story.sql;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.kit.token.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class BudgetStoryTest {

    private static final Duration STEP = Duration.ofSeconds(5);

    @Test
    void eachThresholdIsToldOfOnceInAPeriodHoweverOftenItIsLookedAt() {
        String tenant = newTenant();
        aggregation().numbers(tenant, spent("85", 10));
        try (Receiver receiver = Receiver.content()) {
            newWebhook(tenant, receiver);
            String budget = newBudget(tenant, budget("100"));

            pass(tenant, budget);
            aggregation().numbers(tenant, spent("20", 10)); // a price was corrected
            pass(tenant, budget);
            aggregation().numbers(tenant, spent("101", 10));
            pass(tenant, budget);

            eventually(() -> receiver.received().size() == 3);
            List<String> rules = get(tenant, "/api/v1/alerts").extract().path("data.ruleId");
            assertThat(rules).containsExactlyInAnyOrder(budget + "/50", budget + "/80", budget + "/100");
            List<String> states = get(tenant, "/api/v1/alerts").extract().path("data.state");
            assertThat(states).containsOnly("firing");
            assertThat(receiver.received().getFirst().body())
                    .contains("alert.firing", "of 100 USD a month spent", "\"period\":");
        }
    }

    @Test
    void anotherAmountEndsTheAlertsAndBeginsAnew() {
        String tenant = newTenant();
        aggregation().numbers(tenant, spent("60", 10));
        String budget = newBudget(tenant, budget("100"));
        pass(tenant, budget);

        as(tenant, Scope.ADMIN)
                .body(budget("1000"))
                .put("/api/v1/budgets/" + budget)
                .then()
                .statusCode(200);
        pass(tenant, budget);

        List<String> states = get(tenant, "/api/v1/alerts").extract().path("data.state");
        assertThat(states).containsExactly("resolved");
        List<String> why = get(tenant, "/api/v1/alerts").extract().path("data.resolution");
        assertThat(why).containsExactly("rule_changed");
    }

    @Test
    void anAlertOfAPeriodThatIsOverIsResolvedAsSuch() {
        String tenant = newTenant();
        aggregation().numbers(tenant, spent("60", 10));
        String budget = newBudget(tenant, budget("100"));
        pass(tenant, budget);
        sql("update alert.alert set dimensions = '{\"period\":\"2020-01-01\"}', fingerprint = fingerprint || 'x'"
                + " where tenant = '" + tenant + "'");

        pass(tenant, budget);

        List<String> why =
                get(tenant, "/api/v1/alerts?state=resolved").extract().path("data.resolution");
        assertThat(why).containsExactly("period_over");
        List<String> firing =
                get(tenant, "/api/v1/alerts?state=firing").extract().path("data.ruleId");
        assertThat(firing).containsExactly(budget + "/50");
    }

    @Test
    void aThresholdThatCannotBeToldOfIsNotReached() {
        String tenant = newTenant();
        aggregation().numbers(tenant, spent("60", 10));
        try (Receiver receiver = Receiver.content()) {
            newWebhook(tenant, receiver);
            sql(
                    "create function alert.refuse_b() returns trigger language plpgsql as 'begin raise exception ''no''; end'");
            sql("create trigger refuse_b before insert on alert.delivery for each row when (new.tenant = '" + tenant
                    + "') execute function alert.refuse_b()");
            int asked = aggregation().questions().size();
            String budget = newBudget(tenant, budget("100"));
            eventually(() -> aggregation().questions().size() > asked + 5);
            assertThat(count("select count(*) from alert.alert where tenant = '" + tenant + "'"))
                    .isZero();
            assertThat((String)
                            get(tenant, "/api/v1/budgets/" + budget).extract().path("evaluated_until"))
                    .isNull();

            sql("drop trigger refuse_b on alert.delivery");
            sql("drop function alert.refuse_b()");

            eventually(() -> receiver.received().size() == 1);
        }
    }

    @Test
    void badInputIsNamedFieldByField() {
        List<String> pointers = post(
                        newTenant(),
                        "/api/v1/budgets",
                        Map.of("name", "x", "amount_usd", "0", "each", "route", "time_zone", "Mars/Olympus"))
                .statusCode(400)
                .extract()
                .path("errors.pointer");

        assertThat(pointers).containsExactlyInAnyOrder("/amount_usd", "/each", "/time_zone");
        as(newTenant(), Scope.INGEST)
                .body("{\"estimated_cost_usd\":\"-1\"}")
                .post("/api/v1/decisions")
                .then()
                .statusCode(400);
        as(newTenant(), Scope.READ).body("{}").post("/api/v1/decisions").then().statusCode(403);
        get(newTenant(), "/api/v1/costs/forecast?period=year").statusCode(400);
        get(newTenant(), "/api/v1/costs/forecast?budget_usd=0").statusCode(400);
    }

    @Test
    void anotherTenantsBudgetIsAnsweredLikeAnAbsentOne() {
        String owner = newTenant();
        String stranger = newTenant();
        aggregation().numbers(owner, spent("1000", 10));
        Map<String, Object> blocking = budget("1");
        blocking.put("policy", Map.of("block_at", 1));
        String budget = newBudget(owner, blocking);
        ledgerIsFresh(owner);

        for (String[] route : new String[][] {{"GET", ""}, {"PUT", ""}, {"DELETE", ""}, {"GET", "/status"}}) {
            Response foreign = call(stranger, route[0], "/api/v1/budgets/" + budget + route[1]);
            Response absent = call(stranger, route[0], "/api/v1/budgets/budget_0" + route[1]);

            assertThat(foreign.statusCode()).as(String.join(" ", route)).isEqualTo(404);
            assertThat(foreign.asString().replace(budget, "budget_0")).isEqualTo(absent.asString());
        }
        assertThat((List<?>) get(stranger, "/api/v1/budgets").extract().path("data"))
                .isEmpty();
        eventually(() -> decide(owner, "{}").getString("decision").equals("block"));
        assertThat(decide(stranger, "{}").getMap("")).isEqualTo(Map.of("decision", "allow"));
        get(owner, "/api/v1/budgets/" + budget).statusCode(200);
    }

    @Test
    void aDecisionTurnsWithTheCallsOfTheLogBeforeTheLedgerKnowsThem() {
        String tenant = newTenant();
        aggregation().numbers(tenant, spent("0.00004", 4));
        Map<String, Object> definition = budget("0.0001");
        definition.put("scope", Map.of("feature", "search"));
        definition.put("policy", Map.of("warn_at", 0.5, "degrade_at", 0.8, "degrade_to", "small", "block_at", 1));
        String budget = newBudget(tenant, definition);
        assertThat(decide(tenant, "{\"feature\":\"search\"}").getString("decision"))
                .as("no number yet")
                .isEqualTo("allow");
        Instant known = ledgerIsFresh(tenant);
        eventually(() -> decide(tenant, "{\"feature\":\"search\"}").get("spent_usd") != null);
        eventually(() -> Clock.systemUTC().instant().isAfter(known));

        JsonPath before = decide(tenant, "{\"feature\":\"search\"}");
        assertThat(before.getString("decision")).isEqualTo("allow");
        assertThat(before.getString("spent_usd")).isEqualTo("0.00004");
        assertThat(before.getString("limit_usd")).isEqualTo("0.0001");
        assertThat(before.getString("remaining_usd")).isEqualTo("0.00006");
        assertThat(before.getString("budget")).isEqualTo(budget);
        assertThat(before.getBoolean("stale")).isFalse();
        // half of the four calls have a price: 0.00002 each; two without one, and one that may be under way
        assertThat(before.getString("error_bound_usd")).isEqualTo("0.00006");
        assertThat(decide(tenant, "{\"feature\":\"search\",\"estimated_cost_usd\":\"0.00003\"}")
                        .getString("decision"))
                .isEqualTo("warn");

        send(tenant, "first", 45_000);
        send(tenant, "first", 45_000);
        eventually(() ->
                decide(tenant, "{\"feature\":\"search\"}").getString("decision").equals("degrade"));
        assertThat(decide(tenant, "{\"feature\":\"search\"}").getString("model"))
                .isEqualTo("small");
        assertThat(decide(tenant, "{\"feature\":\"search\"}").getString("spent_usd"))
                .isEqualTo("0.000085");
        assertThat(decide(tenant, "{\"feature\":\"other\"}").getString("decision"))
                .isEqualTo("allow");

        send(tenant, "second", 15_000);
        eventually(() ->
                decide(tenant, "{\"feature\":\"search\"}").getString("decision").equals("block"));
    }

    @Test
    void theForecastSaysHowItWasMadeAndOnWhatItRests() {
        String tenant = newTenant();
        aggregation().numbers(tenant, spent("30", 100));
        aggregation().points(tenant, "0.1", Clock.systemUTC().instant());

        JsonPath forecast = get(tenant, "/api/v1/costs/forecast?feature=search&budget_usd=100")
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(forecast.getString("method")).isEqualTo("ets-aada-conformal");
        assertThat(forecast.getInt("n")).isEqualTo(84);
        assertThat(forecast.getString("today_expected.value_usd")).isEqualTo("2.4");
        assertThat(forecast.getDouble("coverage")).isEqualTo(0.5);
        assertThat(forecast.getString("spent_usd")).isEqualTo("30");
        assertThat(forecast.getString("period_end.value_usd")).isNotNull();
        assertThat(aggregation().questions())
                .filteredOn(
                        question -> question.path("tenants").path(0).asText().equals(tenant))
                .isNotEmpty()
                .allMatch(question -> question.path("filters")
                        .toString()
                        .equals("[{\"dimension\":\"feature\",\"op\":\"eq\",\"value\":\"search\"}]"));
        JsonPath none = get(newTenant(), "/api/v1/costs/forecast").extract().jsonPath();
        assertThat(none.getString("reason")).contains("3 whole days", "there are 0");
        assertThat(none.getString("method")).isEqualTo("none");
    }

    @Test
    void theStatusTellsWhatIsSpentReachedAndToBeExpected() {
        String tenant = newTenant();
        aggregation().numbers(tenant, spent("85", 10));
        String budget = newBudget(tenant, budget("100"));
        Map<String, Object> each = budget("100");
        each.put("each", "customer");
        String customers = newBudget(tenant, each);

        JsonPath status =
                get(tenant, "/api/v1/budgets/" + budget + "/status").extract().jsonPath();
        JsonPath list = get(tenant, "/api/v1/budgets/" + customers + "/status")
                .extract()
                .jsonPath();

        assertThat(status.getString("standing.remaining_usd")).isEqualTo("15");
        assertThat(status.getList("standing.reached", Float.class)).containsExactly(0.5f, 0.8f);
        assertThat(status.getDouble("standing.coverage")).isEqualTo(0.5);
        assertThat(status.getString("forecast.reason")).contains("there are 0");
        assertThat(list.getString("groups[0].value")).isEqualTo("some customer");
        get(tenant, "/api/v1/budgets/" + customers + "/status?value=initech").statusCode(200);
        get(tenant, "/api/v1/budgets/" + budget + "/status?value=initech").statusCode(400);
    }

    private static Map<String, Object> spent(String usd, long calls) {
        return Map.of("cost_usd", usd, "model_calls", calls, "requests", calls);
    }

    private static Map<String, Object> budget(String amount) {
        Map<String, Object> budget = new HashMap<>();
        budget.put("name", "Everything");
        budget.put("amount_usd", amount);
        return budget;
    }

    private static String newBudget(String tenant, Map<String, Object> budget) {
        return post(tenant, "/api/v1/budgets", budget).statusCode(201).extract().path("id");
    }

    private static JsonPath decide(String tenant, String call) {
        return as(tenant, Scope.INGEST)
                .body(call)
                .post("/api/v1/decisions")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The ledger must be as new as the moment from which the service hears of the tenant's calls. */
    private static Instant ledgerIsFresh(String tenant) {
        Instant until = Clock.systemUTC().instant().plusSeconds(4);
        aggregation().visibleUntil(tenant, until);
        return until;
    }

    private static Response call(String tenant, String method, String path) {
        var request = as(tenant, Scope.ADMIN, Scope.READ);
        return method.equals("PUT") ? request.body(budget("1")).put(path) : request.request(method, path);
    }

    private static void pass(String tenant, String budget) {
        Instant until = aggregation().visibleUntil().plus(STEP);
        aggregation().visibleUntil(until);
        eventually(() -> {
            String seen = get(tenant, "/api/v1/budgets/" + budget).extract().path("evaluated_until");
            return seen != null && !Instant.parse(seen).isBefore(until);
        });
    }

    private static void send(String tenant, String id, long nano) {
        byte[] trace = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        SpanRecord span = SpanRecord.newBuilder()
                .setTenant(tenant)
                .setTraceId(ByteString.copyFrom(trace))
                .setSpanId(ByteString.copyFromUtf8(id))
                .setStartNs(TimeUnit.MILLISECONDS.toNanos(Clock.systemUTC().millis()))
                .setDimensions(Dimensions.newBuilder().setFeature("search"))
                .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(nano))
                .build();
        Topic.send(Topics.SPANS, PartitionKey.ofTrace(tenant, trace), span.toByteArray());
    }
}
