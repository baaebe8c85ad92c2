package io.pentameter.alert.story;

import static io.pentameter.alert.story.Story.as;
import static io.pentameter.alert.story.Story.get;
import static io.pentameter.alert.story.Story.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.pentameter.kit.token.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(Engines.class)
class InputStoryTest {

    private static final String TENANT = newTenant();

    static Stream<Arguments> badRequests() {
        return Stream.of(
                argumentSet("no body", "/api/v1/rules", "", 400),
                argumentSet("null", "/api/v1/rules", "null", 400),
                argumentSet("an array", "/api/v1/rules", "[]", 400),
                argumentSet("cut off", "/api/v1/rules", "{\"name\":\"a", 400),
                argumentSet("unknown field", "/api/v1/rules", "{\"nmae\":\"a\"}", 400),
                argumentSet("wrong type", "/api/v1/rules", "{\"threshold\":\"high\"}", 400),
                argumentSet("not a number", "/api/v1/rules", "{\"threshold\":NaN}", 400),
                argumentSet("null in a list", "/api/v1/rules", "{\"groupBy\":[null]}", 400),
                argumentSet("NUL in a text", "/api/v1/rules", "{\"name\":\"a\\u0000\"}", 400),
                argumentSet("no kind", "/api/v1/destinations", "{\"name\":\"a\",\"url\":\"http://x\"}", 400),
                argumentSet(
                        "a file",
                        "/api/v1/destinations",
                        "{\"name\":\"a\",\"kind\":\"webhook\",\"url\":\"file:///etc/passwd\"}",
                        400),
                argumentSet(
                        "credentials in the URL",
                        "/api/v1/destinations",
                        "{\"name\":\"a\",\"kind\":\"webhook\",\"url\":\"https://u:p@example.com/\"}",
                        400));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void isRefused(String path, String body, int status) {
        Response response = as(TENANT, Scope.ADMIN).body(body).post(path);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat((String) response.path("detail")).isNotBlank();
    }

    @Test
    void aRefusalNamesEachFieldItsValueAndWhatIsAllowed() {
        List<String> details = as(TENANT, Scope.ADMIN)
                .body(Map.of(
                        "name", "x",
                        "measure", "latency_p42",
                        "op", "=",
                        "threshold", 1,
                        "window", "PT1S",
                        "groupBy", List.of("colour")))
                .post("/api/v1/rules")
                .then()
                .statusCode(400)
                .extract()
                .path("errors.detail");

        assertThat(details).hasSize(4).allMatch(detail -> detail.contains("must be"));
        assertThat(String.join("\n", details)).contains("latency_p42", "=", "PT1S", "colour", "latency_p95");
    }

    @Test
    void badQueryParametersAreRefused() {
        for (String path : List.of(
                "/api/v1/rules?limit=0",
                "/api/v1/rules?limit=501",
                "/api/v1/rules?limit=x",
                "/api/v1/rules?cursor=x",
                "/api/v1/alerts?cursor=AAAA",
                "/api/v1/alerts?state=sleeping")) {
            get(TENANT, path).statusCode(400);
        }
        get(TENANT, "/api/v1/rules/%00").statusCode(404);
    }

    @Test
    void aCallerNeedsATokenAndItsScope() {
        RestAssured.get("/api/v1/rules").then().statusCode(401);
        as(TENANT, Scope.INGEST).get("/api/v1/rules").then().statusCode(403);
        as(TENANT, Scope.READ)
                .body(Story.errorRule())
                .post("/api/v1/rules")
                .then()
                .statusCode(403);
        as(TENANT, Scope.READ).delete("/api/v1/rules/x").then().statusCode(403);
    }

    @Test
    void aCreateWithTheSameKeyIsDoneOnce() {
        String tenant = newTenant();
        Response first = create(tenant, "k-1", Story.errorRule());
        Response again = create(tenant, "k-1", Story.errorRule());
        Map<String, Object> changed = Story.errorRule();
        changed.put("threshold", 0.5);
        Response other = create(tenant, "k-1", changed);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat((List<?>) get(tenant, "/api/v1/rules").extract().path("data"))
                .hasSize(1);
        assertThat(create(newTenant(), "k-1", changed).statusCode()).isEqualTo(201);
    }

    @Test
    void pagesFollowEachOther() {
        String tenant = newTenant();
        for (int i = 0; i < 3; i++) {
            Story.newRule(tenant, Story.errorRule());
        }

        Response first = as(tenant, Scope.READ).get("/api/v1/rules?limit=2");
        Response second = as(tenant, Scope.READ).get("/api/v1/rules?limit=2&cursor=" + first.path("next_cursor"));

        List<String> ids = new java.util.ArrayList<>(first.path("data.id"));
        ids.addAll(second.path("data.id"));
        assertThat(ids).hasSize(3).doesNotHaveDuplicates();
        assertThat((String) second.path("next_cursor")).isNull();
    }

    @Test
    void aRuleIsHeldAgainstTheNumbersWithoutTouchingAnything() {
        String tenant = newTenant();
        Map<String, Object> rule = Story.errorRule();
        rule.put("enabled", false);
        rule.put("groupBy", List.of("feature"));
        String id = Story.newRule(tenant, rule);
        Story.aggregation().numbers(tenant, Map.of("error_rate", "0.3", "requests", 50));

        Response trial = as(tenant, Scope.READ).post("/api/v1/rules/" + id + "/test");

        assertThat(trial.statusCode()).isEqualTo(200);
        assertThat((String) trial.path("groups[0].verdict")).isEqualTo("breached");
        assertThat((String) trial.path("groups[0].group.feature")).isEqualTo("some feature");
        assertThat((List<?>) get(tenant, "/api/v1/alerts").extract().path("data"))
                .isEmpty();
    }

    @Test
    void healthAndMetricsAreServed() {
        RestAssured.get("/q/health/ready").then().statusCode(200);
        String metrics =
                RestAssured.get("/q/metrics").then().statusCode(200).extract().asString();
        assertThat(metrics)
                .contains("pentameter_alert_firing{severity=\"critical\"}")
                .contains("pentameter_alert_evidence_lag_seconds")
                .contains("pentameter_alert_evaluations_total");
    }

    private static Response create(String tenant, String key, Object body) {
        return as(tenant, Scope.ADMIN).header("Idempotency-Key", key).body(body).post("/api/v1/rules");
    }
}
