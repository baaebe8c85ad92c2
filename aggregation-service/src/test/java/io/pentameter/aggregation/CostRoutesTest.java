package io.pentameter.aggregation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.aggregation.testing.Engines;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.SpanRecord;
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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The questions of cost over HTTP, as their callers see them. */
@QuarkusTest
@QuarkusTestResource(Engines.class)
class CostRoutesTest {

    private static final Instant NOON = Spans.noon();
    private static final Instant DAY = NOON.truncatedTo(ChronoUnit.DAYS);
    private static final List<SpanRecord> OURS = new Spans(31).any("costly", NOON, 600, 200);
    private static final String LEDGER = Usd.text(
            OURS.stream().mapToLong(span -> span.getCost().getTotalNanoUsd()).sum());
    private static final String WINDOW = "\"from\":\"%s\",\"to\":\"%s\"".formatted(DAY, DAY.plus(Duration.ofDays(1)));
    private static boolean isStored;

    @BeforeEach
    void store() {
        if (!isStored) {
            isStored = true;
            Store.of(SharedEngines.clickHouse().database()).put(OURS);
        }
    }

    @Test
    void theQueryAnswersWithGroupsOthersAndTheLedger() {
        Response answer = as("costly", Scope.READ)
                .body("{\"groupBy\":[\"customer\"],\"limit\":3,\"include\":[\"units\",\"waste\",\"cache\",\"quality\"],"
                        + WINDOW + "}")
                .post("/api/v1/costs/query");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("groups")).hasSize(3);
        assertThat(answer.jsonPath().getString("total.costUsd")).isEqualTo(LEDGER);
        assertThat(answer.jsonPath().getString("groups[0].drillDown.body.from")).isEqualTo(DAY.toString());
        Response traces = as("costly", Scope.READ)
                .body(answer.jsonPath().<Object>get("groups[0].drillDown.body"))
                .post("/api/v1/traces/search");
        assertThat(traces.jsonPath().getList("traces")).isNotEmpty();
    }

    @Test
    void whyItChangedIsAnsweredExactly() {
        Response answer = as("costly", Scope.READ)
                .body("{\"before\":{\"from\":\"%s\",\"to\":\"%s\"},\"after\":{%s}}"
                        .formatted(DAY.minus(Duration.ofDays(1)), DAY, WINDOW))
                .post("/api/v1/costs/explain");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("changeUsd")).isEqualTo(LEDGER);
        assertThat(answer.jsonPath().getString("effects.volumeUsd")).isEqualTo(LEDGER);
    }

    @Test
    void theExportIsAFileWhoseHeadersSayWhatItsRowsCannot() {
        String window = "?from=" + DAY + "&to=" + DAY.plus(Duration.ofDays(1));

        Response csv = as("costly", Scope.READ).get("/api/v1/costs/export" + window);
        Response parquet =
                as("costly", Scope.READ).get("/api/v1/costs/export" + window + "&format=parquet&version=1.3");

        assertThat(csv.statusCode()).as(csv.asString()).isEqualTo(200);
        assertThat(csv.contentType()).startsWith("text/csv");
        assertThat(csv.header("Pentameter-Ledger-Usd")).isEqualTo(LEDGER);
        assertThat(csv.header("Content-Disposition"))
                .contains("focus-1.2-" + DAY.toString().substring(0, 10));
        assertThat(csv.asString().lines().findFirst().orElseThrow()).contains("BilledCost");
        assertThat(new String(parquet.asByteArray(), 0, 4, StandardCharsets.US_ASCII))
                .isEqualTo("PAR1");
    }

    @Test
    void theStatementComesInThreeForms() {
        String month =
                "/api/v1/costs/statement?by=feature&month=" + DAY.toString().substring(0, 7);

        assertThat(as("costly", Scope.READ).get(month).jsonPath().getString("ledgerUsd"))
                .isEqualTo(LEDGER);
        assertThat(as("costly", Scope.READ)
                        .get(month + "&format=csv&detail=day")
                        .asString())
                .startsWith("month,feature,amount_usd");
        Response pdf = as("costly", Scope.READ).get(month + "&format=pdf");
        assertThat(pdf.contentType()).isEqualTo("application/pdf");
        assertThat(new String(pdf.asByteArray(), 0, 5, StandardCharsets.US_ASCII))
                .isEqualTo("%PDF-");
    }

    @Test
    void valueStandsAgainstCost() {
        Response answer = as("costly", Scope.READ)
                .body("{\"cohort\":\"attr.plan\",\"worth\":{\"perSuccessUsd\":\"2.50\"}," + WINDOW + "}")
                .post("/api/v1/costs/economics");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("total.costUsd")).isEqualTo(LEDGER);
        assertThat(answer.jsonPath().getList("cohorts.cohort")).containsExactlyInAnyOrder("free", "pro");
    }

    @Test
    void whatIfTakesPricesOrAModelOfTheBook() {
        Response given = whatIf("\"pricesUsdPerMillion\":{\"in_uncached\":\"1\",\"out_text\":2}");
        Response model = whatIf("\"model\":{\"provider\":\"openai\",\"model\":\"gpt-4o-mini\"}");
        Response unknown = whatIf("\"model\":{\"provider\":\"openai\",\"model\":\"no-such-model\"}");

        assertThat(given.statusCode()).as(given.asString()).isEqualTo(200);
        assertThat(given.jsonPath().getLong("total.comparedCalls")).isPositive();
        assertThat(model.statusCode()).as(model.asString()).isEqualTo(200);
        assertThat(model.jsonPath().getString("prices")).contains("gpt-4o-mini");
        assertThat(model.jsonPath().getList("notes").toString()).contains("tokenizer");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.asString()).contains("no-such-model");
    }

    @Test
    void withoutTheScopeNothingIsAnsweredAndAnotherTenantHasNoCost() {
        assertThat(as("costly", Scope.INGEST)
                        .body("{" + WINDOW + "}")
                        .post("/api/v1/costs/query")
                        .statusCode())
                .isEqualTo(403);
        assertThat(as("frugal", Scope.READ)
                        .body("{" + WINDOW + "}")
                        .post("/api/v1/costs/query")
                        .jsonPath()
                        .getString("total.costUsd"))
                .isEqualTo("0");
        assertThat(as("costly", Scope.READ)
                        .body("{\"limit\":\"many\"}")
                        .post("/api/v1/costs/query")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatHasBeenDeletedIsNamedAndNeverToldAsZero() {
        Instant since = DAY.plus(Duration.ofHours(1));
        Store.of(SharedEngines.clickHouse().database())
                .reads()
                .run(
                        "INSERT INTO kept_since (tenant, since, days, at) SELECT 'forgetful', toDateTime(%d, 'UTC'), 1, now64(3)"
                                .formatted(since.getEpochSecond()),
                        new Bindings());
        String day = DAY.toString().substring(0, 10);
        Instant end = DAY.plus(Duration.ofDays(1));

        for (String path : List.of("/api/v1/costs/query", "/api/v1/metrics/query")) {
            String body =
                    path.contains("metrics") ? "{\"measures\":[\"cost_usd\"]," + WINDOW + "}" : "{" + WINDOW + "}";
            assertThat(as("forgetful", Scope.READ)
                            .body(body)
                            .post(path)
                            .jsonPath()
                            .getString("keptSince"))
                    .as(path)
                    .isEqualTo(since.toString());
            assertThat(as("costly", Scope.READ).body(body).post(path).jsonPath().getString("keptSince"))
                    .as(path)
                    .isNull();
        }
        Map<String, Response> refused = Map.of(
                "economics",
                as("forgetful", Scope.READ).body("{" + WINDOW + "}").post("/api/v1/costs/economics"),
                "what-if",
                as("forgetful", Scope.READ)
                        .body("{\"pricesUsdPerMillion\":{\"in_uncached\":\"1\"}," + WINDOW + "}")
                        .post("/api/v1/costs/what-if"),
                "explain",
                as("forgetful", Scope.READ)
                        .body("{\"before\":{\"from\":\"%s\",\"to\":\"%s\"},\"after\":{%s}}"
                                .formatted(DAY.minus(Duration.ofDays(1)), DAY, WINDOW))
                        .post("/api/v1/costs/explain"),
                "export",
                as("forgetful", Scope.READ).get("/api/v1/costs/export?from=" + DAY + "&to=" + end),
                "statement",
                as("forgetful", Scope.READ).get("/api/v1/costs/statement?by=feature&month=" + day.substring(0, 7)),
                "reconciliation",
                as("forgetful", Scope.READ)
                        .get("/api/v1/costs/reconciliation?from=" + day + "&to="
                                + end.toString().substring(0, 10)));
        refused.forEach((name, answer) -> {
            assertThat(answer.statusCode()).as(name + answer.asString()).isEqualTo(400);
            assertThat(answer.asString()).as(name).contains("must not begin before " + since);
        });
    }

    private static Response whatIf(String rest) {
        return as("costly", Scope.READ).body("{" + rest + "," + WINDOW + "}").post("/api/v1/costs/what-if");
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
