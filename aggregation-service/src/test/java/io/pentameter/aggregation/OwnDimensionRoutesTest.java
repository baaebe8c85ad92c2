package io.pentameter.aggregation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pentameter.aggregation.testing.Engines;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import io.pentameter.stack.testing.SharedEngines;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The declaration of own dimensions as its callers see it. */
@QuarkusTest
@QuarkusTestResource(Engines.class)
class OwnDimensionRoutesTest {

    private static final String PATH = "/api/v1/costs/dimensions";

    @Test
    void theWholeListIsDeclaredAndTheSameAgainIsNoChange() {
        assertThat(get("declaring").asString()).isEqualTo("{\"dimensions\":[],\"maximum\":8}");

        Response first = put("declaring", "[\"team\",\"plan\"]");
        Response again = put("declaring", "[\"team\",\"plan\"]");
        Response none = put("declaring", "[]");

        assertThat(first.statusCode()).as(first.asString()).isEqualTo(200);
        assertThat(first.jsonPath().getList("dimensions")).isEqualTo(List.of("team", "plan"));
        assertThat(first.jsonPath().getString("changedBy")).isEqualTo("key_1");
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(none.jsonPath().getList("dimensions")).isEmpty();
        assertThat(get("declaring").asString()).isEqualTo(none.asString());
        assertThat(get("another").jsonPath().getList("dimensions")).isEmpty();
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(as("declaring", Scope.ADMIN)
                                .get("/api/v1/audit?limit=100")
                                .jsonPath()
                                .getList("events.findAll { it.action == 'own_dimensions.replace' }.details.dimensions"))
                        .containsExactlyInAnyOrder("team, plan", ""));
    }

    @Test
    void whatCannotBeDeclaredIsRefusedInWords() {
        put("refused", "[\"kept\"]");

        assertRefused("[\"team\",\"attr.team\"]", "/dimensions/1", "without 'attr.'");
        assertRefused("[\"team\",\"plan\",\"team\"]", "/dimensions/2", "twice: 'team'");
        assertRefused("[\"  \"]", "/dimensions/0", "1 to 200 characters");
        assertRefused("[null]", "/dimensions/0", "null");
        assertRefused("[\"a\\u0007b\"]", "/dimensions/0", "control characters");
        assertRefused("[\"\\ud800\"]", "/dimensions/0", "halves of characters");
        assertRefused("[\"" + "x".repeat(201) + "\"]", "/dimensions/0", "at most 200 characters: 201");
        assertRefused(
                IntStream.range(0, 9).mapToObj(i -> "\"a" + i + "\"").collect(Collectors.joining(",", "[", "]")),
                "/dimensions",
                "at most 8 own dimensions are allowed: 9");
        assertRefused("null", "/dimensions", "is required");
        assertThat(as("refused", Scope.ADMIN).put(PATH).statusCode()).isEqualTo(400);
        assertThat(as("refused", Scope.ADMIN).body("[]").put(PATH).statusCode()).isEqualTo(400);
        assertThat(as("refused", Scope.READ)
                        .body("{\"dimensions\":[]}")
                        .put(PATH)
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("refused").jsonPath().getList("dimensions")).isEqualTo(List.of("kept"));
    }

    /** Of days that the ordinary looks do not reach any more. */
    @Test
    void oldHoursAreSealedInTheBackgroundAfterADeclaration() {
        Store store = Store.of(SharedEngines.clickHouse().database());
        Instant old = Spans.noon().minus(Duration.ofDays(20));
        store.put(new Spans(5).any("background", old, 20_000, 100));
        String question = "{\"groupBy\":[\"attr.plan\"],\"from\":\"%s\",\"to\":\"%s\"}"
                .formatted(old.minus(Duration.ofHours(1)), old.plus(Duration.ofHours(8)));
        String spans = ask(question);

        put("background", "[\"plan\"]");

        assertThat(ask(question)).isEqualTo(spans);
        await().atMost(Duration.ofSeconds(90))
                .until(() ->
                        store.number("SELECT sum(spans) FROM rollup_own_1h FINAL WHERE tenant = 'background'") == 100);
        assertThat(ask(question)).isEqualTo(spans);
        put("background", "[]");
        await().atMost(Duration.ofSeconds(90))
                .until(() -> store.number("SELECT count() FROM rollup_own_1h FINAL WHERE tenant = 'background'") == 0);
        assertThat(ask(question)).isEqualTo(spans);
    }

    /** Without the time up to which spans are visible. */
    private static String ask(String question) {
        Response answer = as("background", Scope.READ).body(question).post("/api/v1/costs/query");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.jsonPath().getString("groups") + answer.jsonPath().getString("total");
    }

    private static void assertRefused(String list, String pointer, String words) {
        Response refused = put("refused", list);

        assertThat(refused.statusCode()).as(list).isEqualTo(400);
        assertThat(refused.contentType()).contains("application/problem+json");
        assertThat(refused.jsonPath().getString("errors[0].pointer")).as(list).isEqualTo(pointer);
        assertThat(refused.jsonPath().getString("errors[0].detail")).as(list).contains(words);
    }

    private static Response get(String tenant) {
        return as(tenant, Scope.READ).get(PATH);
    }

    private static Response put(String tenant, String list) {
        return as(tenant, Scope.ADMIN).body("{\"dimensions\":" + list + "}").put(PATH);
    }

    private static RequestSpecification as(String tenant, Scope... scopes) {
        Caller caller = new Caller(
                "gateway",
                "key_1",
                tenant,
                Arrays.stream(scopes).collect(Collectors.toSet()),
                Set.of(),
                "key_1",
                "test");
        TokenSigner signer = TokenSigner.fromFile(
                Path.of(ConfigProvider.getConfig().getValue("test.key.gateway", String.class)), Clock.systemUTC());
        return given().header("Authorization", "Bearer " + signer.sign(caller)).contentType("application/json");
    }
}
