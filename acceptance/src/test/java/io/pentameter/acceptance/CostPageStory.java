package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.trace.v1.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page of a customer with three calls, line by line as docs/guide/cost.md explains it, to the last digit. */
@ExtendWith(RunningStack.Extension.class)
class CostPageStory {

    private static final String CLAUDE = "claude-sonnet-4-5-20250929";

    private final RunningStack stack;
    private final Finance finance;
    private final String customer = Spans.unique("guide");
    private final String ranker = Spans.unique("ranker");
    private final Instant start = Instant.now().minus(Duration.ofMinutes(40));
    private final String window =
            "\"from\":\"%s\",\"to\":\"%s\",\"filters\":[{\"dimension\":\"customer\",\"op\":\"eq\",\"value\":\"%s\"}]"
                    .formatted(start.minusSeconds(60), start.plusSeconds(60), customer);

    CostPageStory(RunningStack stack) {
        this.stack = stack;
        finance = new Finance(stack);
    }

    @Test
    void theNumbersOfTheGuideComeOut() {
        assertThat(stack.ingest()
                        .export(Spans.request(
                                call("chat", "openai", Spans.MODEL, new long[] {120, 64, 45}),
                                call("summary", "anthropic", CLAUDE, new long[] {1000, 600, 500}),
                                call("rank", "in-house", ranker, new long[] {1000, 0, 10})))
                        .status())
                .isEqualTo(200);
        await().atMost(Finance.PATIENCE)
                .until(() -> costs("").at("/total/calls").asLong() == 3);

        JsonNode total = costs("").at("/total");
        assertThat(total.at("/costUsd").asText()).isEqualTo("0.0089202");
        assertThat(total.at("/tokens").asLong()).isEqualTo(2675);
        assertThat(total.at("/coverage/pricedCalls").asLong()).isEqualTo(2);
        assertThat(total.at("/coverage/pricedTokens").asLong()).isEqualTo(1665);
        assertThat(total.at("/costPerCallUsd").asText()).isEqualTo("0.0044601");
        JsonNode features = costs(",\"groupBy\":[\"feature\"]");
        assertThat(cost(features, "feature", "summary")).isEqualTo("0.00888");
        assertThat(cost(features, "feature", "chat")).isEqualTo("0.0000402");
        assertThat(cost(features, "feature", "rank")).isEqualTo("null");
        JsonNode classes = costs(",\"groupBy\":[\"token_class\"]");
        assertThat(cost(classes, "token_class", "in_uncached")).isEqualTo("0.0012084");
        assertThat(cost(classes, "token_class", "in_cache_read")).isEqualTo("0.0001848");
        assertThat(cost(classes, "token_class", "out_text")).isEqualTo("0.007527");
        JsonNode whatIf = stack.read()
                .post(
                        "/api/v1/costs/what-if",
                        "{\"model\":{\"provider\":\"openai\",\"model\":\"gpt-4o-mini\"},%s}".formatted(window))
                .json();
        assertThat(whatIf.at("/total/actualUsd").asText()).isEqualTo("0.0089202");
        assertThat(whatIf.at("/total/whatIfUsd").asText()).isEqualTo("0.0004452");
        assertThat(whatIf.at("/total/newlyKnownUsd").asText()).isEqualTo("0.000156");

        String applied = priceTheRanker();
        JsonNode now = costs(",\"groupBy\":[\"token_class\"]");
        assertThat(now.at("/total/costUsd").asText()).isEqualTo("0.0091262");
        assertThat(now.at("/priceBasis").asText()).isEqualTo("as_priced_now");
        assertThat(cost(now, "token_class", "in_uncached")).isEqualTo("0.0014084");
        assertThat(cost(now, "token_class", "out_text")).isEqualTo("0.007533");
        assertThat(sum(now)).isEqualByComparingTo("0.0091262");
        JsonNode billed = costs(",\"groupBy\":[\"token_class\"],\"priceBasis\":\"as_billed\"");
        assertThat(billed.at("/total/costUsd").asText()).isEqualTo("0.0089202");
        assertThat(sum(billed)).isEqualByComparingTo("0.0089202");
        assertThat(stack.admin().post(applied + "/revert", "").status()).isEqualTo(200);
        await().atMost(Finance.PATIENCE)
                .until(() -> costs("").at("/total/costUsd").asText().equals("0.0089202"));
    }

    /** A price that is learned late, 0.20 and 0.60 a million, applied to the past; the path of the repricing. */
    private String priceTheRanker() {
        finance.price(ranker, "0.20", "0.60");
        String path = finance.reprice("{\"only\":\"unknown\",%s}".formatted(window));
        finance.apply(path);
        return path;
    }

    private JsonNode costs(String rest) {
        Answer answer = stack.read().post("/api/v1/costs/query", "{%s%s}".formatted(window, rest));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String cost(JsonNode answer, String dimension, String value) {
        for (JsonNode group : answer.get("groups")) {
            if (group.at("/group/" + dimension).asText().equals(value)) {
                return group.get("costUsd").asText();
            }
        }
        throw new AssertionError("no group " + value + " in " + answer);
    }

    private static BigDecimal sum(JsonNode answer) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode group : answer.get("groups")) {
            sum = sum.add(
                    group.get("costUsd").isNull()
                            ? BigDecimal.ZERO
                            : new BigDecimal(group.get("costUsd").asText()));
        }
        return sum;
    }

    /** @param tokens input, of that from the cache, output */
    private Span call(String feature, String provider, String model, long[] tokens) {
        return Span.newBuilder()
                .setTraceId(Spans.bytes(16))
                .setSpanId(Spans.bytes(8))
                .setName("chat")
                .setStartTimeUnixNano(Spans.nanos(start))
                .setEndTimeUnixNano(Spans.nanos(start.plusSeconds(1)))
                .addAttributes(Spans.text("gen_ai.operation.name", "chat"))
                .addAttributes(Spans.text("gen_ai.provider.name", provider))
                .addAttributes(Spans.text("gen_ai.request.model", model))
                .addAttributes(Spans.text("gen_ai.response.model", model))
                .addAttributes(Spans.text("pentameter.feature", feature))
                .addAttributes(Spans.text("pentameter.customer", customer))
                .addAttributes(Spans.number("gen_ai.usage.input_tokens", tokens[0]))
                .addAttributes(Spans.number("gen_ai.usage.cache_read.input_tokens", tokens[1]))
                .addAttributes(Spans.number("gen_ai.usage.output_tokens", tokens[2]))
                .build();
    }
}
