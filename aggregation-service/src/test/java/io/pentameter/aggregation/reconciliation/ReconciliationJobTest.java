package io.pentameter.aggregation.reconciliation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.aggregation.sink.SinkProgress;
import io.pentameter.aggregation.testing.Engines;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
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

    private double exceeding() {
        return meters.get("pentameter.reconciliation.exceeding").gauge().value();
    }

    private static void post(String path, String body) {
        TokenSigner signer = TokenSigner.fromFile(
                Path.of(ConfigProvider.getConfig().getValue("test.key.gateway", String.class)), Clock.systemUTC());
        Caller caller = new Caller("gateway", "key_1", "apart", Set.of(Scope.ADMIN), Set.of(), "key_1", "test");
        given().header("Authorization", "Bearer " + signer.sign(caller))
                .contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(201);
    }
}
