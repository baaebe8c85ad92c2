package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An admin makes a key, uses it, revokes it; the acts are in the audit log. */
@ExtendWith(RunningStack.Extension.class)
class KeysStory {

    private final RunningStack stack;

    KeysStory(RunningStack stack) {
        this.stack = stack;
    }

    @Test
    void aKeyDoesWhatItsScopesSayUntilItIsRevoked() {
        Client admin = stack.admin();
        JsonNode made = admin.post(
                        "/api/v1/keys", "{\"name\":\"%s\",\"scopes\":[\"ingest\"]}".formatted(Spans.unique("key")))
                .json();
        Client key = Client.withKey(stack.gateway(), made.get("key").asText());

        assertThat(key.export(ExportTraceServiceRequest.getDefaultInstance()).status())
                .isEqualTo(200);
        assertThat(key.get("/api/v1/traces").status()).isEqualTo(403);
        assertThat(admin.delete("/api/v1/keys/" + made.get("id").asText()).status())
                .isEqualTo(204);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> key.export(ExportTraceServiceRequest.getDefaultInstance())
                                .status()
                        == 401);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(admin.get("/api/v1/audit?limit=100").text())
                                .contains(made.get("id").asText()));
        assertThat(admin.get("/api/v1/keys").text())
                .doesNotContain(made.get("key").asText());
    }

    @Test
    void anotherTenantsKeyIsLikeOneThatDoesNotExist() {
        JsonNode made = stack.admin()
                .post("/api/v1/keys", "{\"name\":\"%s\",\"scopes\":[\"read\"]}".formatted(Spans.unique("key")))
                .json();
        String id = made.get("id").asText();
        Client other = stack.otherAdmin();

        Answer foreign = other.delete("/api/v1/keys/" + id);
        Answer absent = other.delete("/api/v1/keys/" + id.substring(0, id.length() - 1) + "0");

        assertThat(foreign.status()).isEqualTo(404).isEqualTo(absent.status());
        assertThat(other.get("/api/v1/keys").text()).doesNotContain(id);
    }
}
