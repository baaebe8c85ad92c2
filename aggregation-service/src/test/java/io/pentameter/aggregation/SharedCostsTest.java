package io.pentameter.aggregation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pentameter.aggregation.testing.Engines;
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
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The routes of shared costs, invoices and adjustments as callers see them. */
@QuarkusTest
@QuarkusTestResource(Engines.class)
class SharedCostsTest {

    private static final String POOL = """
            {"name":"%s","kind":"logging","amountUsd":"10.50","period":"day","from":"2026-01-01",
             "driver":{"kind":"metered","measure":"requests"}}""";
    private static final String ADJUSTMENT = """
            {"provider":"openai","from":"2026-01-01","to":"2026-01-02","amountUsd":"%s","reason":"other","note":"n"}""";

    @Test
    void aPoolIsMadeOncePerKeyChangedEndedAndWrittenDown() {
        Response made = create("acme", "Logs", "k1");
        Response again = create("acme", "Logs", "k1");
        String id = made.jsonPath().getString("id");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.jsonPath().getString("amountUsd")).isEqualTo("10.5");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.asString()).isEqualTo(made.asString());
        assertThat(create("acme", "Other", "k1").statusCode()).isEqualTo(422);
        assertThat(create("acme", "Logs", "k2").statusCode()).isEqualTo(409);
        assertThat(as("acme", Scope.READ).get("/api/v1/costs/pools/" + id).asString())
                .isEqualTo(made.asString());
        Response changed = as("acme", Scope.ADMIN)
                .body(POOL.formatted("Logs").replace("10.50", "12"))
                .put("/api/v1/costs/pools/" + id);
        assertThat(changed.jsonPath().getString("amountUsd")).isEqualTo("12");
        assertThat(changed.jsonPath().getLong("version"))
                .isGreaterThan(made.jsonPath().getLong("version"));
        assertThat(as("acme", Scope.ADMIN).delete("/api/v1/costs/pools/" + id).statusCode())
                .isEqualTo(204);
        assertThat(as("acme", Scope.READ).get("/api/v1/costs/pools/" + id).statusCode())
                .isEqualTo(404);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> as("acme", Scope.ADMIN)
                                .get("/api/v1/audit?limit=100")
                                .jsonPath()
                                .getList("events.findAll { it.object == '%s' }.action".formatted(id))
                                .size()
                        == 3);
    }

    @Test
    void aTableOfPoolsIsTakenAsAWholeAndAgainChangesNothing() {
        String table = """
                name,kind,amount_usd,period,from,driver,measure
                A,gateway,1,day,2026-01-01,metered,requests
                B,labour,3000,month,2026-01-01,peak,tokens
                """;

        Response bad = as("table", Scope.ADMIN)
                .contentType("text/csv")
                .body(table.replace("3000", "-1"))
                .post("/api/v1/costs/pools");
        Response first =
                as("table", Scope.ADMIN).contentType("text/csv").body(table).post("/api/v1/costs/pools");
        Response second =
                as("table", Scope.ADMIN).contentType("text/csv").body(table).post("/api/v1/costs/pools");

        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.jsonPath().getString("errors[0].pointer")).isEqualTo("/rows/3/amount_usd");
        assertThat(first.jsonPath().getList("pools")).hasSize(2);
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(as("table", Scope.READ).get("/api/v1/costs/pools").jsonPath().getList("pools"))
                .hasSize(2);
        Response allocated = as("table", Scope.READ)
                .body("{\"from\":\"2026-01-01\",\"to\":\"2026-02-01\",\"by\":[\"feature\"]}")
                .post("/api/v1/costs/allocation");
        assertThat(allocated.jsonPath().getString("totals.unallocatedUsd")).isEqualTo("3031");
        assertThat(allocated.jsonPath().getString("totals.statementUsd")).isEqualTo("3031.00");
        assertThat(allocated.jsonPath().getString("priceBasis")).isEqualTo("as_priced_now");
        statementAndExportHaveThePools();
    }

    /** 31 days of 1 and a month of 3000, which nobody used: a line each, and a row for each day of each. */
    private static void statementAndExportHaveThePools() {
        String path = "/api/v1/costs/statement?by=feature&month=2026-01";

        Response statement = as("table", Scope.READ).get(path + "&detail=day");
        Response without = as("table", Scope.READ).get(path + "&shared=exclude");
        Response csv = as("table", Scope.READ).get(path + "&format=csv");
        Response export = as("table", Scope.READ)
                .get("/api/v1/costs/export?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&version=1.3");

        assertThat(statement.jsonPath().getString("total")).isEqualTo("3031.00");
        assertThat(statement.jsonPath().getString("sharedUsd")).isEqualTo("3031");
        assertThat(statement.jsonPath().getString("ledgerUsd")).isEqualTo("0");
        assertThat(statement.jsonPath().getList("lines.charge")).isEqualTo(List.of("unallocated", "unallocated"));
        assertThat(statement.jsonPath().getList("lines.poolName")).isEqualTo(List.of("A", "B"));
        assertThat(statement.jsonPath().getList("lines.amount")).isEqualTo(List.of("31.00", "3000.00"));
        assertThat(statement.jsonPath().getList("lines[0].days")).hasSize(31).containsOnly("1.00");
        assertThat(csv.asString()).contains("2026-01,(nobody),3000.00,3000,0,0,0,0,unallocated,B");
        assertThat(without.jsonPath().getString("total")).isEqualTo("0.00");
        assertThat(export.statusCode()).as(export.asString()).isEqualTo(200);
        assertThat(export.header("Pentameter-Shared-Usd")).isEqualTo("3031");
        assertThat(export.asString().lines()).hasSize(63);
    }

    @Test
    void anInvoiceIsTheSameOnceAndRefusedIfItsDaysAreThereAlready() {
        Response made = invoice("acme", "main", "12.50");
        Response again = invoice("acme", "main", "12.50");
        Response other = invoice("acme", "main", "13");
        String id = made.jsonPath().getString("id");

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.jsonPath().getList("unknownModels")).isEqualTo(List.of("o9"));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.asString()).isEqualTo(made.asString());
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.asString()).contains(id);
        assertThat(invoice("acme", "second", "13").statusCode()).isEqualTo(201);
        assertThat(as("globex", Scope.READ).get("/api/v1/costs/invoices/" + id).statusCode())
                .isEqualTo(404);
        assertThat(as("acme", Scope.ADMIN)
                        .delete("/api/v1/costs/invoices/" + id)
                        .statusCode())
                .isEqualTo(204);
        assertThat(as("acme", Scope.READ)
                        .get("/api/v1/costs/invoices/" + id)
                        .jsonPath()
                        .getBoolean("withdrawn"))
                .isTrue();
        assertThat(invoice("acme", "main", "13").statusCode()).isEqualTo(201);
        Response view =
                as("acme", Scope.READ).get("/api/v1/costs/reconciliation?from=2026-01-01&to=2026-01-02&by=model");
        assertThat(view.jsonPath().getString("providers[0].totals.invoiceUsd")).isEqualTo("26");
        assertThat(view.jsonPath().getString("providers[0].totals.explained.missingUsd"))
                .isEqualTo("26");
        assertThat(view.jsonPath().getList("providers[0].unknownModels")).hasSize(1);
    }

    @Test
    void anImportThatIsTooLargeOrNoJsonIsRefusedInWords() {
        String huge = "{\"format\":\"csv\",\"provider\":\"openai\",\"csv\":\"" + "x".repeat(9 << 20) + "\"}";

        Response large = as("acme", Scope.ADMIN).body(huge).post("/api/v1/costs/invoices");
        Response cut = as("acme", Scope.ADMIN).body("{\"format\":\"csv\",\"pro").post("/api/v1/costs/invoices");
        Response empty = as("acme", Scope.ADMIN).post("/api/v1/costs/invoices");

        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.asString()).contains("pentameter.invoice.max-body");
        assertThat(cut.statusCode()).isEqualTo(400);
        assertThat(empty.statusCode()).isEqualTo(400);
    }

    @Test
    void anAdjustmentIsTakenBackByARowOfItsOwn() {
        Response made = as("adjusting", Scope.ADMIN)
                .header("Idempotency-Key", "a")
                .body(ADJUSTMENT.formatted("1.5"))
                .post("/api/v1/costs/reconciliation/adjustments");
        Response again = as("adjusting", Scope.ADMIN)
                .header("Idempotency-Key", "a")
                .body(ADJUSTMENT.formatted("1.50"))
                .post("/api/v1/costs/reconciliation/adjustments");
        String path =
                "/api/v1/costs/reconciliation/adjustments/" + made.jsonPath().getString("id");
        Response back = as("adjusting", Scope.ADMIN).post(path + "/reverse");
        Response backAgain = as("adjusting", Scope.ADMIN).post(path + "/reverse");

        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(back.statusCode()).isEqualTo(201);
        assertThat(back.jsonPath().getString("amountUsd")).isEqualTo("-1.5");
        assertThat(backAgain.jsonPath().getString("id"))
                .isEqualTo(back.jsonPath().getString("id"));
        assertThat(as("adjusting", Scope.ADMIN)
                        .post("/api/v1/costs/reconciliation/adjustments/"
                                + back.jsonPath().getString("id") + "/reverse")
                        .statusCode())
                .isEqualTo(409);
        assertThat(as("adjusting", Scope.READ)
                        .get("/api/v1/costs/reconciliation/adjustments")
                        .jsonPath()
                        .getList("adjustments"))
                .hasSize(2);
        assertThat(as("globex", Scope.ADMIN).post(path + "/reverse").statusCode())
                .isEqualTo(404);
        for (String bad : List.of("0", "1e900", "NaN", "0.0000000001")) {
            assertThat(as("adjusting", Scope.ADMIN)
                            .body(ADJUSTMENT.formatted(bad))
                            .post("/api/v1/costs/reconciliation/adjustments")
                            .statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void whoMayOnlyReadChangesNothing() {
        for (String path :
                Set.of("/api/v1/costs/pools", "/api/v1/costs/invoices", "/api/v1/costs/reconciliation/adjustments")) {
            assertThat(as("acme", Scope.READ).body("{}").post(path).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(as("acme", Scope.READ)
                        .get("/api/v1/costs/reconciliation?by=moon&from=x")
                        .statusCode())
                .isEqualTo(400);
        assertThat(as("nobody", Scope.READ)
                        .get("/api/v1/costs/reconciliation")
                        .jsonPath()
                        .getList("providers"))
                .isEmpty();
    }

    private static Response create(String tenant, String name, String key) {
        return as(tenant, Scope.ADMIN)
                .header("Idempotency-Key", key)
                .body(POOL.formatted(name))
                .post("/api/v1/costs/pools");
    }

    private static Response invoice(String tenant, String account, String amount) {
        return as(tenant, Scope.ADMIN).body("""
                        {"format":"csv","provider":"openai","account":"%s","csv":"date,model,amount\\n2026-01-01,o9,%s"}""".formatted(account, amount)).post("/api/v1/costs/invoices");
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
