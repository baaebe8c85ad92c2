package io.pentameter.aggregation.metrics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of what each value has spent, as another service of ours reads it. */
@QuarkusTest
@QuarkusTestResource(Engines.class)
class SpendResourceTest {

    private static final String PATH = "/internal/v1/spend/by-value";
    private static final Instant NOON = Spans.noon();
    private static final String WINDOW =
            "\"from\":\"%s\",\"to\":\"%s\"".formatted(NOON.minusSeconds(600), NOON.plusSeconds(600));

    /** A name that would break a line of a table that is not written with care. */
    private static final String AWKWARD = "Ada, \"the\nfirst\"; café";

    private static boolean isStored;

    @BeforeEach
    void store() {
        if (!isStored) {
            isStored = true;
            Spans spans = new Spans(53);
            Store.of(SharedEngines.clickHouse().database())
                    .put(List.of(
                            call(spans, "spender", AWKWARD, 5),
                            call(spans, "spender", AWKWARD, 7),
                            call(spans, "spender", "bob", 3),
                            call(spans, "spender", "bob", -1),
                            call(spans, "spender", "carl", 1),
                            call(spans, "other-spender", "bob", 1000)));
        }
    }

    @Test
    void eachValueHasALineDearestFirstAndNobodyElsesMoneyIsInIt() {
        Response answer = ask("\"tenant\":\"spender\",\"each\":\"customer\"," + WINDOW);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("text/csv;charset=UTF-8");
        assertThat(answer.headers().hasHeaderWithName("Pentameter-Visible-Until"))
                .isTrue();
        assertThat(answer.asString().lines())
                .containsExactly(
                        "\"value\",\"nano\",\"calls\",\"unpriced\"",
                        line(AWKWARD, 12, 2, 0),
                        line("bob", 3, 2, 1),
                        line("carl", 1, 1, 0));
    }

    @Test
    void filtersAndTheLimitLeaveLinesOut() {
        Response first = ask("\"tenant\":\"spender\",\"each\":\"customer\",\"limit\":1," + WINDOW);
        Response filtered = ask("\"tenant\":\"spender\",\"each\":\"customer\",\"limit\":3000000,\"filters\":"
                + "[{\"dimension\":\"customer\",\"op\":\"eq\",\"value\":\"carl\"}]," + WINDOW);
        Response nobody = ask("\"tenant\":\"no-spender\",\"each\":\"customer\"," + WINDOW);

        assertThat(first.asString().lines().skip(1)).containsExactly(line(AWKWARD, 12, 2, 0));
        assertThat(filtered.asString().lines().skip(1)).containsExactly(line("carl", 1, 1, 0));
        assertThat(nobody.statusCode()).isEqualTo(200);
        assertThat(nobody.asString().lines()).hasSize(1);
    }

    @Test
    void whatIsWrongIsNamedInTheCallersWords() {
        Response dimension = ask("\"tenant\":\"spender\",\"each\":\"colour\"," + WINDOW);
        Response many = ask("\"tenant\":\"spender\",\"each\":\"customer\",\"limit\":3000001," + WINDOW);
        Response none = ask("\"tenant\":\"spender\",\"each\":\"customer\",\"limit\":0," + WINDOW);
        Response window = ask("\"tenant\":\"spender\",\"each\":\"customer\",\"from\":\"%s\",\"to\":\"%s\""
                .formatted(NOON, NOON.minusSeconds(1)));
        Response nobody = ask("\"each\":\"customer\"," + WINDOW);
        Response nothing = as("spender", Scope.SERVICE).post(PATH);

        assertThat(List.of(dimension, many, none, window, nobody, nothing))
                .extracting(Response::statusCode)
                .containsOnly(400);
        assertThat(dimension.asString()).contains("\"/each\"", "colour").doesNotContain("/groupBy");
        assertThat(many.asString()).contains("\"/limit\"", "3000000");
        assertThat(none.asString()).contains("\"/limit\"");
        assertThat(window.asString()).contains("\"/to\"");
        assertThat(nobody.asString()).contains("tenant");
        assertThat(nothing.asString()).contains("tenant");
    }

    @Test
    void onlyOurOwnServicesMayAsk() {
        String body = "{\"tenant\":\"spender\",\"each\":\"customer\"," + WINDOW + "}";

        assertThat(as("spender", Scope.READ, Scope.ADMIN).body(body).post(PATH).statusCode())
                .isEqualTo(403);
        assertThat(given().contentType("application/json").body(body).post(PATH).statusCode())
                .isEqualTo(401);
    }

    private static String line(String value, long dollars, int calls, int unpriced) {
        return "\"%s\",%d,%d,%d"
                .formatted(
                        Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)),
                        dollars * 1_000_000_000,
                        calls,
                        unpriced);
    }

    /** @param dollars below 0: not known */
    private static SpanRecord call(Spans spans, String tenant, String customer, long dollars) {
        return spans.request(tenant, NOON)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder().setModel("m1").setCustomer(customer))
                .setUsage(Usage.newBuilder().setInUncached(10))
                .setCost(
                        dollars < 0
                                ? Cost.newBuilder().setUnknownReason("price_missing")
                                : Cost.newBuilder().setKnown(true).setTotalNanoUsd(dollars * 1_000_000_000))
                .build();
    }

    private static Response ask(String body) {
        return as("spender", Scope.SERVICE).body("{" + body + "}").post(PATH);
    }

    private static RequestSpecification as(String tenant, Scope... scopes) {
        TokenSigner signer = TokenSigner.fromFile(
                Path.of(ConfigProvider.getConfig().getValue("test.key.gateway", String.class)), Clock.systemUTC());
        Caller caller = new Caller("gateway", "key_1", tenant, Set.of(scopes), Set.of(), "key_1", "test");
        return given().header("Authorization", "Bearer " + signer.sign(caller)).contentType("application/json");
    }
}
