package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A customer's budget is used up: the application's gateway is told to block within seconds, and people are told once. */
@ExtendWith(RunningStack.Extension.class)
class BudgetStory {

    private final RunningStack stack;

    BudgetStory(RunningStack stack) {
        this.stack = stack;
    }

    @Test
    void aDecisionTurnsFromAllowToBlockWithinSecondsAndAnAlertFires() {
        String customer = Spans.unique("customer");
        String call = "{\"customer\":\"%s\",\"model\":\"%s\"}".formatted(customer, Spans.MODEL);
        Client admin = stack.admin();
        Answer made = admin.post("/api/v1/budgets", """
                {"name":"%1$s","scope":{"customer":"%1$s"},"amount_usd":"0.0001",
                 "policy":{"block_at":1},"thresholds":[1],"destinations":[]}""".formatted(customer));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String budget = made.json().get("id").asText();
        try {
            JsonNode allowed = await().atMost(Duration.ofSeconds(30))
                    .until(() -> decide(stack.ingest(), call), it -> it.hasNonNull("spent_usd"));
            assertThat(allowed.get("decision").asText()).isEqualTo("allow");
            assertThat(allowed.get("spent_usd").asText()).isEqualTo("0");
            assertThat(allowed.get("limit_usd").asText()).isEqualTo("0.0001");
            assertThat(allowed.get("budget").asText()).isEqualTo(budget);

            spend(customer);

            JsonNode blocked = await().atMost(Duration.ofSeconds(10))
                    .until(
                            () -> decide(stack.ingest(), call),
                            it -> it.get("decision").asText().equals("block"));
            assertThat(blocked.get("remaining_usd").asText()).isEqualTo("0");
            // three calls of 0.0000402, whether the ledger or the log tells of them
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> decide(stack.ingest(), call)
                            .get("spent_usd")
                            .asText()
                            .equals("0.0001206"));
            JsonNode alerts = await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> admin.get("/api/v1/alerts?rule=" + budget + "/100")
                                    .json(),
                            it -> it.at("/data/0/state").asText().equals("firing"));
            assertThat(alerts.get("data")).hasSize(1);
            JsonNode status =
                    stack.read().get("/api/v1/budgets/" + budget + "/status").json();
            assertThat(status.at("/standing/spent_usd").asText()).isEqualTo("0.0001206");
            assertThat(status.at("/standing/coverage").asDouble()).isEqualTo(1.0);
            assertThat(decide(stack.otherIngest(), call).get("decision").asText())
                    .isEqualTo("allow");
        } finally {
            admin.delete("/api/v1/budgets/" + budget);
        }
    }

    private static JsonNode decide(Client client, String call) {
        Answer answer = client.post("/api/v1/decisions", call);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private void spend(String customer) {
        Instant now = Instant.now();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            spans.add(Spans.chat(now.minusSeconds(1 + i), Duration.ofMillis(500))
                    .addAttributes(Spans.text("pentameter.customer", customer))
                    .build());
        }
        assertThat(stack.ingest().export(Spans.request(spans)).status()).isEqualTo(200);
    }
}
