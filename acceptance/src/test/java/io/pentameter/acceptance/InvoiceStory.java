package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.opentelemetry.proto.trace.v1.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Finance imports what two providers billed. One dollar each, of which the ledger has 0.994 and 0.996: the first is apart by 0.6 %, which is
 * an alert, the second by 0.4 %, which is none. An adjustment ends it.
 */
@ExtendWith(RunningStack.Extension.class)
class InvoiceStory {

    private final RunningStack stack;
    private final String model = Spans.unique("billed-model");
    private final String apart = Spans.unique("lab-a");
    private final String close = Spans.unique("lab-b");
    private final Instant start = Instant.now().minus(Duration.ofHours(26));
    private final String day = start.toString().substring(0, 10);

    InvoiceStory(RunningStack stack) {
        this.stack = stack;
    }

    @Test
    void anInvoiceThatIsApartByMoreThanHalfAPercentIsAnAlertUntilItIsAccepted() {
        Client admin = stack.admin();
        // 100 dollars a million: 9,940 and 9,960 tokens are 0.994 and 0.996
        new Finance(stack).price(model, "100", "100");
        assertThat(stack.ingest()
                        .export(Spans.request(call(apart, 9_939), call(close, 9_959)))
                        .status())
                .isEqualTo(200);
        await().atMost(Finance.PATIENCE)
                .until(() -> cost(apart).equals("0.994") && cost(close).equals("0.996"));
        Answer rule = admin.post("/api/v1/rules", """
                {"name":"%s","measure":"invoice_variance","op":">","threshold":0.005,"window":"PT1H","interval":"PT5S",
                 "groupBy":["provider"],"keepFiring":"PT5S","severity":"warning"}""".formatted(model));
        assertThat(rule.status()).as(rule.text()).isEqualTo(201);

        bill(admin, close);
        bill(admin, apart);
        JsonNode alert =
                await().atMost(Finance.PATIENCE).until(() -> alert(admin, "firing"), found -> !found.isMissingNode());

        assertThat(alert.at("/group/provider").asText()).isEqualTo(apart);
        assertThat(new BigDecimal(alert.at("/value").asText())).isEqualByComparingTo("0.006");
        assertThat(admin.get("/api/v1/alerts?state=firing").text()).doesNotContain(close);

        Answer accepted = admin.post("/api/v1/costs/reconciliation/adjustments", """
                {"provider":"%s","from":"%s","to":"%s","amountUsd":"0.006","reason":"missing","note":"not traced"}""".formatted(
                        apart,
                        day,
                        Instant.parse(day + "T00:00:00Z")
                                .plus(Duration.ofDays(1))
                                .toString()
                                .substring(0, 10)));
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(201);
        await().atMost(Finance.PATIENCE).until(() -> !alert(admin, "resolved").isMissingNode());
    }

    private JsonNode alert(Client admin, String state) {
        for (JsonNode alert : admin.get("/api/v1/alerts?state=" + state).json().at("/data")) {
            if (alert.toString().contains(model)) {
                return alert;
            }
        }
        return MissingNode.getInstance();
    }

    private void bill(Client admin, String provider) {
        Answer imported = admin.post("/api/v1/costs/invoices", """
                {"format":"csv","provider":"%s","csv":"date,model,amount\\n%s,%s,1.00"}""".formatted(provider, day, model));
        assertThat(imported.status()).as(imported.text()).isEqualTo(201);
    }

    private String cost(String provider) {
        return stack.read()
                .query("""
                        {"measures": ["cost_usd"], "from": "%s", "to": "%s",
                         "filters": [{"dimension": "provider", "op": "eq", "value": "%s"}]}""".formatted(start.minusSeconds(600), start.plusSeconds(600), provider))
                .json()
                .at("/totals/cost_usd")
                .asText();
    }

    private Span call(String provider, long input) {
        return Span.newBuilder()
                .setTraceId(Spans.bytes(16))
                .setSpanId(Spans.bytes(8))
                .setName("chat")
                .setStartTimeUnixNano(Spans.nanos(start))
                .setEndTimeUnixNano(Spans.nanos(start.plusSeconds(1)))
                .addAttributes(Spans.text("gen_ai.operation.name", "chat"))
                .addAttributes(Spans.text("gen_ai.provider.name", provider))
                .addAttributes(Spans.text("gen_ai.request.model", model))
                .addAttributes(Spans.number("gen_ai.usage.input_tokens", input))
                .addAttributes(Spans.number("gen_ai.usage.output_tokens", 1))
                .build();
    }
}
