package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;

/** What a tenant's finance does about prices: it enters its own, and has the past priced by them. */
final class Finance {

    /** Until what was done is seen everywhere. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunningStack stack;

    Finance(RunningStack stack) {
        this.stack = stack;
    }

    /** Replaces the tenant's own prices by that of one model, in dollars a million tokens, and waits until it is in force. */
    void price(String model, String input, String output) {
        Answer prices = stack.admin().put("/api/v1/prices/overrides", """
                {"prices": [{"id": "own", "model": "%s", "amounts": {"in_uncached": "%s", "out_text": "%s"}}]}""".formatted(model, input, output));
        assertThat(prices.status()).as(prices.text()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> isPriced(model, input));
    }

    private boolean isPriced(String model, String input) {
        String now = stack.read()
                .get("/api/v1/prices?model=" + model)
                .json()
                .at("/prices/0/usdPerMillion/in_uncached")
                .asText();
        return !now.isEmpty() && new BigDecimal(now).compareTo(new BigDecimal(input)) == 0;
    }

    /** Orders a repricing and waits until it is worked out; returns its path. */
    String reprice(String order) {
        Answer ordered = stack.admin().post("/api/v1/costs/repricings", order);
        assertThat(ordered.status()).as(ordered.text()).isEqualTo(202);
        String path = "/api/v1/costs/repricings/" + ordered.json().get("id").asText();
        await().atMost(PATIENCE)
                .until(() -> repricing(path).get("state").asText().equals("calculated"));
        return path;
    }

    JsonNode repricing(String path) {
        return stack.read().get(path).json();
    }

    /** Makes a repricing visible. */
    Answer apply(String path) {
        Answer applied = stack.admin().post(path + "/apply", "");
        assertThat(applied.status()).as(applied.text()).isEqualTo(200);
        return applied;
    }
}
