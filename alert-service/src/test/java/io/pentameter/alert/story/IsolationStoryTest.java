package io.pentameter.alert.story;

import static io.pentameter.alert.story.Story.aggregation;
import static io.pentameter.alert.story.Story.as;
import static io.pentameter.alert.story.Story.get;
import static io.pentameter.alert.story.Story.newRule;
import static io.pentameter.alert.story.Story.newTenant;
import static io.pentameter.alert.story.Story.newWebhook;
import static io.pentameter.alert.story.Story.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pentameter.kit.token.Scope;
import io.pentameter.stack.testing.SharedEngines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class IsolationStoryTest {

    private static final List<String> TABLES = List.of(
            "rule",
            "budget",
            "known_tenant",
            "installed_preset",
            "destination",
            "alert",
            "delivery",
            "delivery_attempt",
            "outbox",
            "reply");

    @Test
    void anotherTenantsThingIsAnsweredLikeAnAbsentOne() {
        String owner = newTenant();
        String stranger = newTenant();
        aggregation().numbers(owner, Map.of("error_rate", 0.5, "requests", 100));
        try (Receiver receiver = Receiver.content()) {
            String destination = newWebhook(owner, receiver);
            String rule = newRule(owner, Story.errorRule());
            pass(Duration.ofSeconds(5), owner, rule);
            String alert = get(owner, "/api/v1/alerts").extract().path("data[0].id");

            for (String[] route : new String[][] {
                {"GET", "/api/v1/rules/", rule, ""},
                {"PUT", "/api/v1/rules/", rule, ""},
                {"DELETE", "/api/v1/rules/", rule, ""},
                {"POST", "/api/v1/rules/", rule, "/test"},
                {"GET", "/api/v1/destinations/", destination, ""},
                {"PUT", "/api/v1/destinations/", destination, ""},
                {"DELETE", "/api/v1/destinations/", destination, ""},
                {"POST", "/api/v1/destinations/", destination, "/test"},
                {"POST", "/api/v1/destinations/", destination, "/rotate-secret"},
                {"GET", "/api/v1/destinations/", destination, "/deliveries"},
                {"GET", "/api/v1/alerts/", alert, ""},
                {"POST", "/api/v1/alerts/", alert, "/acknowledge"},
            }) {
                Object body = route[1].contains("rules") ? Story.errorRule() : Map.of();
                Response foreign = call(stranger, route[0], route[1] + route[2] + route[3], body);
                Response absent = call(stranger, route[0], route[1] + "nothing_0" + route[3], body);

                assertThat(foreign.statusCode()).as(String.join(" ", route)).isEqualTo(404);
                assertThat(foreign.asString().replace(route[2], "nothing_0"))
                        .as(String.join(" ", route))
                        .isEqualTo(absent.asString());
            }
            assertThat((List<?>) get(stranger, "/api/v1/rules").extract().path("data"))
                    .isEmpty();
            assertThat((List<?>) get(stranger, "/api/v1/alerts?rule=" + rule)
                            .extract()
                            .path("data"))
                    .isEmpty();
            get(owner, "/api/v1/rules/" + rule).statusCode(200);
        }
    }

    @Test
    void aRuleCannotNameAnotherTenantsDestination() {
        String owner = newTenant();
        String stranger = newTenant();
        try (Receiver receiver = Receiver.content()) {
            String destination = newWebhook(owner, receiver);
            Map<String, Object> rule = Story.errorRule();
            rule.put("destinations", List.of(destination));

            String pointer = Story.post(stranger, "/api/v1/rules", rule)
                    .statusCode(400)
                    .extract()
                    .path("errors[0].pointer");

            assertThat(pointer).isEqualTo("/destinations/0");
        }
    }

    @Test
    void aCursorOfAnotherTenantFindsOnlyOnesOwn() {
        String owner = newTenant();
        String stranger = newTenant();
        newRule(owner, Story.errorRule());
        newRule(owner, Story.errorRule());
        String cursor = get(owner, "/api/v1/rules?limit=1").extract().path("next_cursor");
        String own = newRule(stranger, Story.errorRule());

        List<String> found = get(stranger, "/api/v1/rules?cursor=" + cursor)
                .statusCode(200)
                .extract()
                .path("data.id");

        assertThat(found).containsExactly(own);
    }

    @Test
    void theAppRoleSeesNothingWithoutATenant() throws SQLException {
        newRule(newTenant(), Story.errorRule());

        try (Connection connection = Story.connect(SharedEngines.postgres().app("alert"));
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                if (rowsOfSuperuser(table) > 0) {
                    assertThatExceptionOfType(SQLException.class)
                            .as(table)
                            .isThrownBy(() -> statement.executeQuery("select * from " + table));
                }
            }
            statement.execute("select set_config('app.tenant', '', false)");
            for (String table : TABLES) {
                assertThat(rows(statement, table)).as(table).isZero();
            }
        }
    }

    @Test
    void theAppRoleReachesNoOtherTenant() throws SQLException {
        String owner = newTenant();
        String stranger = newTenant();
        String rule = newRule(owner, Story.errorRule());
        newRule(stranger, Story.errorRule());

        try (Connection connection = Story.connect(SharedEngines.postgres().app("alert"));
                Statement statement = connection.createStatement()) {
            statement.execute("select set_config('app.tenant', '" + stranger + "', false)");
            assertThat(rows(statement, "rule")).isEqualTo(1);
            assertThat(statement.executeUpdate("update rule set name = 'mine' where id = '" + rule + "'"))
                    .isZero();
            assertThat(statement.executeUpdate("delete from rule where id = '" + rule + "'"))
                    .isZero();
            for (String attack : List.of(
                    "update rule set tenant = '" + owner + "'",
                    "insert into known_tenant values ('" + owner + "', true, 1, now())",
                    "alter table rule disable row level security",
                    "alter table rule no force row level security",
                    "drop policy confined on rule",
                    "truncate rule",
                    "set role alert_owner",
                    "set session authorization alert_owner")) {
                assertThatExceptionOfType(SQLException.class).as(attack).isThrownBy(() -> statement.execute(attack));
            }
        }
        get(owner, "/api/v1/rules/" + rule).statusCode(200);
    }

    @Test
    void everyTableOfTenantsIsConfined() {
        long open = Story.count("""
                select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = 'alert' and c.relkind = 'r'
                  and c.relname not in ('lease', 'flyway_schema_history')
                  and not (c.relrowsecurity and c.relforcerowsecurity)""");

        assertThat(open).isZero();
    }

    private static Response call(String tenant, String method, String path, Object body) {
        return as(tenant, Scope.READ, Scope.ADMIN).body(body).request(method, path);
    }

    private static long rowsOfSuperuser(String table) {
        return Story.count("select count(*) from alert." + table);
    }

    private static long rows(Statement statement, String table) throws SQLException {
        try (var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
