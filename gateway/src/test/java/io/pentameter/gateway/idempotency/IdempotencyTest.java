package io.pentameter.gateway.idempotency;

import static io.pentameter.gateway.testing.Gateway.call;
import static io.pentameter.gateway.testing.Gateway.expect;
import static io.pentameter.gateway.testing.Gateway.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One create for each Idempotency-Key. */
@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class IdempotencyTest {

    @Test
    void aRepeatedCreateGivesTheSameAnswerWithoutTheSecret() {
        Gateway.Home home = Gateway.home();
        String idempotencyKey = UUID.randomUUID().toString();
        Map<String, Object> wanted = Map.of("name", "once", "scopes", List.of("read"));

        Gateway.Answer first =
                expect(201, call("POST", "/api/v1/keys", home.admin(), wanted, "Idempotency-Key", idempotencyKey));
        Gateway.Answer again = expect(
                201,
                call("POST", "/api/v1/keys", home.admin(), wanted, "Idempotency-Key", "\"" + idempotencyKey + "\""));
        Gateway.Answer other = call(
                "POST",
                "/api/v1/keys",
                home.admin(),
                Map.of("name", "other", "scopes", List.of("read")),
                "Idempotency-Key",
                idempotencyKey);

        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.json().get("id")).isEqualTo(first.json().get("id"));
        assertThat(first.json().has("key")).isTrue();
        assertThat(again.json().has("key")).isFalse();
        assertThat(other.status()).isEqualTo(422);
        assertThat(get("/api/v1/keys", home.admin()).json().get("data")).hasSize(1);
    }

    @Test
    void ofManyAtOnceWithOneIdempotencyKeyOneCreates() throws Exception {
        Gateway.Home home = Gateway.home();
        String idempotencyKey = UUID.randomUUID().toString();
        Callable<Integer> create = () -> call(
                        "POST",
                        "/api/v1/keys",
                        home.admin(),
                        Map.of("name", "once", "scopes", List.of("read")),
                        "Idempotency-Key",
                        idempotencyKey)
                .status();

        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> status : threads.invokeAll(java.util.Collections.nCopies(8, create))) {
                statuses.add(status.get());
            }
        }

        assertThat(statuses).isSubsetOf(201, 409).contains(201);
        assertThat(get("/api/v1/keys", home.admin()).json().get("data")).hasSize(1);
    }
}
