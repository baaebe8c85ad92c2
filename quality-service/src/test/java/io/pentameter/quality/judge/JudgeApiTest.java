package io.pentameter.quality.judge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.pentameter.kit.token.Scope;
import io.pentameter.quality.EnginesForTests;
import io.pentameter.quality.FakeChatServer;
import io.pentameter.quality.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(EnginesForTests.class)
class JudgeApiTest {

    private static final String GOOD = """
            {"name":"tone","rubric":"Is it polite?","model":"m-1","endpoint":"https://api.example.com/v1","apiKey":"sk-secret",
             "inputUsdPerMillionTokens":"0.15","outputUsdPerMillionTokens":0.6,"dailyBudgetUsd":"1.50","features":["support"]}""";

    private final String tenant = "api" + UUID.randomUUID().toString().substring(0, 8);
    private final FakeChatServer endpoint = new FakeChatServer();

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void aJudgeIsCreatedShownChangedAndDeleted() {
        String id = admin().body(GOOD)
                .post("/api/v1/judges")
                .then()
                .statusCode(201)
                .body("rubricVersion", equalTo(1))
                .body("hasApiKey", equalTo(true))
                .body("apiKey", nullValue())
                .body("dailyBudgetUsd", equalTo("1.5"))
                .body("inputUsdPerMillionTokens", equalTo("0.15"))
                .extract()
                .path("id");

        String changed = admin().body(GOOD.replace("polite?", "very polite?").replace("\"apiKey\":\"sk-secret\",", ""))
                .put("/api/v1/judges/" + id)
                .then()
                .statusCode(200)
                .body("rubricVersion", equalTo(2))
                .body("hasApiKey", equalTo(true))
                .extract()
                .asString();
        admin().body(GOOD.replace("polite?", "very polite?")
                        .replace("1.50", "2")
                        .replace("sk-secret", ""))
                .put("/api/v1/judges/" + id)
                .then()
                .statusCode(200)
                .body("rubricVersion", equalTo(2))
                .body("hasApiKey", equalTo(false));
        admin().delete("/api/v1/judges/" + id).then().statusCode(204);

        assertThat(changed).doesNotContain("sk-secret");
        admin().get("/api/v1/judges/" + id).then().statusCode(403);
        reader().get("/api/v1/judges/" + id).then().statusCode(404);
        admin().delete("/api/v1/judges/" + id).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"name\":\"tone\"|\"name\":\"1 x\"|/name",
                "\"name\":\"tone\"|\"name\":\"refusal\"|/name",
                "\"rubric\":\"Is it polite?\"|\"rubric\":\" \"|/rubric",
                "\"model\":\"m-1\"|\"model\":null|/model",
                "https://api.example.com/v1|ftp://api.example.com|/endpoint",
                "https://api.example.com/v1|https://exa mple.com|/endpoint",
                "\"0.15\"|\"-0.15\"|/inputUsdPerMillionTokens",
                "\"0.15\"|\"1e999999999\"|/inputUsdPerMillionTokens",
                "\"0.15\"|\"1e-999999999\"|/inputUsdPerMillionTokens",
                "\"1.50\"|\"0.0000000001\"|/dailyBudgetUsd",
                "\"1.50\"|\"NaN\"|/dailyBudgetUsd",
                "[\"support\"]|[\"\"]|/features",
                "[\"support\"]|[],\"target\":\"everything\"|/target",
                "[\"support\"]|[],\"surprise\":1|/surprise"
            })
    void wrongInputIsNamed(String good, String bad, String pointer) {
        admin().body(GOOD.replace(good, bad))
                .post("/api/v1/judges")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "7", "\"x\"", "{}"})
    void whatIsNoJudgeIsRefused(String body) {
        admin().body(body).post("/api/v1/judges").then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void theSameCreateAgainIsTheSameJudge() {
        String key = UUID.randomUUID().toString();

        String first = admin().header("Idempotency-Key", key)
                .body(GOOD)
                .post("/api/v1/judges")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        admin().header("Idempotency-Key", key)
                .body(GOOD)
                .post("/api/v1/judges")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(first));
        admin().header("Idempotency-Key", key)
                .body(GOOD.replace("m-1", "m-2"))
                .post("/api/v1/judges")
                .then()
                .statusCode(422);
        admin().body(GOOD).post("/api/v1/judges").then().statusCode(409);

        reader().get("/api/v1/judges").then().body("judges", hasSize(1));
    }

    @Test
    void aKeyOfOneTenantMeansNothingToAnother() {
        String key = UUID.randomUUID().toString();
        admin().header("Idempotency-Key", key)
                .body(GOOD)
                .post("/api/v1/judges")
                .then()
                .statusCode(201);

        given().header("Authorization", TestTokens.of("x" + tenant, Scope.ADMIN))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(GOOD.replace("m-1", "m-2"))
                .post("/api/v1/judges")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue());
    }

    @Test
    void aJudgeCanBeTried() {
        endpoint.thenSay(FakeChatServer.verdict("0.25", false)).thenSay("no").thenSay("no");
        String id = admin().body(GOOD.replace(
                        "https://api.example.com/v1", endpoint.endpoint().toString()))
                .post("/api/v1/judges")
                .path("id");

        admin().body("{\"input\":\"Hi\",\"output\":\"Go away.\"}")
                .post("/api/v1/judges/" + id + "/test")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("graded"))
                .body("score", equalTo(0.25f))
                .body("passed", equalTo(false))
                .body("costUsd", equalTo("0.00018"));
        admin().body("{\"output\":\"Go away.\"}")
                .post("/api/v1/judges/" + id + "/test")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("failed"))
                .body("error", equalTo("not_the_schema"));
        admin().body("{\"output\":\"\"}")
                .post("/api/v1/judges/" + id + "/test")
                .then()
                .statusCode(400);
        reader().get("/api/v1/judges/" + id).then().body("usedTodayUsd", equalTo("0.00054"));
    }

    @Test
    void samplingIsChangedPartByPartAndNeverToZero() {
        reader().get("/api/v1/sampling")
                .then()
                .statusCode(200)
                .body("version", equalTo(0))
                .body("judgeFloor", equalTo(0.005f))
                .body("rules.error", equalTo(1.0f));

        admin().body("{\"rules\":{\"high-cost\":0.5}}")
                .put("/api/v1/sampling")
                .then()
                .statusCode(200)
                .body("version", equalTo(1))
                .body("rules.high-cost", equalTo(0.5f))
                .body("rules.error", equalTo(1.0f));

        for (String bad : new String[] {
            "{\"judgeFloor\":0}", "{\"checkFloor\":1.5}", "{\"rules\":{\"error\":-1}}", "{\"rules\":{\"luck\":0.5}}",
            "{\"judgeFloor\":\"NaN\"}", "{\"floor\":1}", "", "[]"
        }) {
            admin().body(bad).put("/api/v1/sampling").then().statusCode(400).contentType("application/problem+json");
        }
    }

    @Test
    void withoutTheScopeOrTheTokenNothingOpens() {
        reader().body(GOOD).post("/api/v1/judges").then().statusCode(403);
        reader().body("{}").put("/api/v1/sampling").then().statusCode(403);
        given().get("/api/v1/judges").then().statusCode(401);
        given().get("/api/v1/sampling").then().statusCode(401);
    }

    private RequestSpecification admin() {
        return given().header("Authorization", TestTokens.of(tenant, Scope.ADMIN))
                .contentType(ContentType.JSON);
    }

    private RequestSpecification reader() {
        return given().header("Authorization", TestTokens.of(tenant, Scope.READ))
                .contentType(ContentType.JSON);
    }
}
