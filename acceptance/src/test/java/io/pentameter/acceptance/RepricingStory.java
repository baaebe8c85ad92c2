package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Finance learns a price late: the past is priced by it, both numbers stay, and taking it back leaves no trace. */
@ExtendWith(RunningStack.Extension.class)
class RepricingStory {

    private final RunningStack stack;
    private final Finance finance;

    RepricingStory(RunningStack stack) {
        this.stack = stack;
        finance = new Finance(stack);
    }

    @Test
    void aPriceThatIsLearnedLateFillsInThePast() {
        String model = Spans.unique("late-model");
        Instant start = Instant.now().minus(Duration.ofMinutes(40));
        assertThat(stack.ingest().export(Spans.request(call(model, start))).status())
                .isEqualTo(200);
        await().atMost(Finance.PATIENCE)
                .until(() ->
                        cost(model, start, "as_priced_now").at("/totals/spans").asLong() == 1);
        assertThat(cost(model, start, "as_priced_now").at("/totals/cost_usd").isNull())
                .isTrue();

        // 1,000 × 0.20 and 10 × 0.60 a million
        finance.price(model, "0.20", "0.60");
        String path = finance.reprice("""
                {"from": "%s", "to": "%s", "only": "unknown",
                 "filters": [{"dimension": "model", "op": "eq", "value": "%s"}]}""".formatted(start.minusSeconds(60), start.plusSeconds(60), model));
        JsonNode worked = finance.repricing(path);
        JsonNode before = cost(model, start, "as_priced_now");
        Answer applied = finance.apply(path);
        JsonNode now = cost(model, start, "as_priced_now");
        JsonNode billed = cost(model, start, "as_billed");
        Answer reverted = stack.admin().post(path + "/revert", "");

        assertThat(worked.at("/report/total/learned").asLong()).isEqualTo(1);
        assertThat(worked.at("/report/total/after").asText()).isEqualTo("0.000206");
        assertThat(before.at("/totals/cost_usd").isNull()).isTrue();
        assertThat(applied.json().at("/state").asText()).as(applied.text()).isEqualTo("applied");
        assertThat(now.at("/totals/cost_usd").asText()).isEqualTo("0.000206");
        assertThat(now.at("/coverage/priced").asDouble()).isEqualTo(1);
        assertThat(billed.at("/totals/cost_usd").isNull()).isTrue();
        assertThat(reverted.json().at("/state").asText()).isEqualTo("reverted");
        assertThat(cost(model, start, "as_priced_now").at("/totals/cost_usd").isNull())
                .isTrue();
    }

    private JsonNode cost(String model, Instant start, String basis) {
        return stack.read()
                .query("""
                        {"measures": ["spans", "cost_usd"], "priceBasis": "%s", "from": "%s", "to": "%s",
                         "filters": [{"dimension": "model", "op": "eq", "value": "%s"}]}""".formatted(basis, start.minusSeconds(600), start.plusSeconds(600), model))
                .json();
    }

    private static Span call(String model, Instant start) {
        return Span.newBuilder()
                .setTraceId(Spans.bytes(16))
                .setSpanId(Spans.bytes(8))
                .setName("chat")
                .setStartTimeUnixNano(Spans.nanos(start))
                .setEndTimeUnixNano(Spans.nanos(start.plusSeconds(1)))
                .addAttributes(Spans.text("gen_ai.operation.name", "chat"))
                .addAttributes(Spans.text("gen_ai.provider.name", "in-house"))
                .addAttributes(Spans.text("gen_ai.request.model", model))
                .addAttributes(Spans.number("gen_ai.usage.input_tokens", 1000))
                .addAttributes(Spans.number("gen_ai.usage.output_tokens", 10))
                .build();
    }
}
