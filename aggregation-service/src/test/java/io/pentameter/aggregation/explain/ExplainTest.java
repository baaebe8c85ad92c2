package io.pentameter.aggregation.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.kit.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why the cost changed, on the real engine. */
class ExplainTest {

    private static final Instant NOON = Spans.noon();
    private static final Instant LATER = NOON.plusSeconds(7200);
    private static final Store STORE = Store.of("explain_test");

    private final Spans spans = new Spans(808);

    /**
     * 20 calls of 1,000 + 100 tokens become 40 of 1,500 + 100: 20 × 0.0028 = 0.056, 40 × 0.0038 = 0.152. Volume 20 × (0.0028 +
     * 0.0038)/2 = 0.066, tokens 0.001 × (20 + 40)/2 = 0.03; nothing else changed.
     */
    @Test
    void moreCallsWithLongerPromptsAreVolumeAndTokens() {
        for (int i = 0; i < 20; i++) {
            put("e1", NOON, "chat", "m", 1000, 100);
        }
        for (int i = 0; i < 40; i++) {
            put("e1", LATER, "chat", "m", 1500, 100);
        }

        Explanation answer = ask("e1", "");

        assertThat(answer.changeUsd()).isEqualTo("0.096");
        assertThat(answer.effects()).isEqualTo(new Explanation.Effects("0.066", "0", "0.03", "0"));
        assertThat(answer.volume()).isEqualTo(new Explanation.Volume("0.066", "0"));
        assertThat(answer.items()).hasSize(1);
        assertThat(answer.items().getFirst().item())
                .containsEntry("feature", "chat")
                .containsEntry("model", "m");
        assertThat(answer.causes())
                .extracting(Explanation.Cause::cause, Explanation.Cause::before, Explanation.Cause::after)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("prompt_bloat", 1000.0, 1500.0));
    }

    /** The same calls at twice the price: 20 × 0.0028 more, all of it price. */
    @Test
    void anotherPriceIsPriceAndNothingElse() {
        for (int i = 0; i < 20; i++) {
            put("e2", NOON, "chat", "m", 1000, 100);
            STORE.put(List.of(call("e2", LATER, "chat", "m", 1000, 100, 2).build()));
        }

        Explanation answer = ask("e2", "");

        assertThat(answer.effects()).isEqualTo(new Explanation.Effects("0", "0", "0", "0.056"));
        assertThat(answer.causes()).extracting(Explanation.Cause::cause).containsExactly("price_changed");
    }

    @Test
    void aFeatureThatAppearedIsMixAndTheDimensionThatTellsMostIsFirst() {
        for (int i = 0; i < 20; i++) {
            put("e3", NOON, "chat", "m", 1000, 100);
            put("e3", LATER, "chat", "m", 1000, 100);
            put("e3", LATER, "agent", "m", 9000, 100);
        }

        Explanation answer = ask("e3", "");

        assertThat(answer.dimensions().getFirst().dimension()).isEqualTo("feature");
        assertThat(answer.dimensions().getFirst().elements().getFirst().value()).isEqualTo("agent");
        assertThat(answer.causes())
                .anySatisfy(cause ->
                        assertThat(cause.cause() + cause.item().get("feature")).isEqualTo("appearedagent"));
        assertThat(sum(answer)).isEqualByComparingTo(answer.changeUsd());
    }

    @Test
    void retriesThatFailAreARetryStormAndCallsWithoutPriceAreNoSaving() {
        for (int i = 0; i < 30; i++) {
            ByteString trace = put("e4", NOON, "chat", "m", 1000, 100);
            ByteString stormy = put("e4", LATER, "chat", "m", 1000, 100);
            STORE.put(List.of(
                    call("e4", LATER, "chat", "m", 1000, 100, 1)
                            .setTraceId(stormy)
                            .setOutcome(Outcome.newBuilder().setError(true))
                            .build(),
                    call("e4", NOON, "chat", "n", 10, 10, 1)
                            .setTraceId(trace)
                            .setCost(Cost.newBuilder().setUnknownReason("model_unknown"))
                            .build()));
        }

        Explanation answer = ask("e4", "");

        assertThat(answer.before().coverage()).isEqualTo(0.5);
        assertThat(answer.causes()).extracting(Explanation.Cause::cause).contains("coverage_changed", "retry_storm");
        // 30 × 0.0028 more, in as many requests: calls per request, and the unpriced calls of before are no part
        assertThat(answer.volume()).isEqualTo(new Explanation.Volume("0", "0.084"));
    }

    @Test
    void theEffectsAddUpToTheLedgersDifferenceToTheNanoDollar() {
        List<SpanRecord> former = new Spans(1).any("e5", NOON, 7000, 500);
        List<SpanRecord> later = new Spans(2).any("e5", LATER, 7000, 700);
        STORE.put(former);
        STORE.put(later);

        for (String items : List.of(
                "", "\"items\":[\"customer\"],\"limit\":3,", "\"items\":[],", "\"items\":[\"user\",\"model\"],")) {
            Explanation answer = ask("e5", items);

            assertThat(answer.before().costUsd()).isEqualTo(Usd.text(ledger(former)));
            assertThat(answer.after().costUsd()).isEqualTo(Usd.text(ledger(later)));
            assertThat(answer.changeUsd()).isEqualTo(Usd.text(ledger(later) - ledger(former)));
            assertThat(sum(answer)).as(items).isEqualByComparingTo(answer.changeUsd());
            BigDecimal byItem = dollars(answer.other());
            for (Explanation.Item item : answer.items()) {
                byItem = byItem.add(new BigDecimal(item.changeUsd()));
                assertThat(sum(item.effects())).isEqualByComparingTo(item.changeUsd());
            }
            assertThat(byItem).isEqualByComparingTo(answer.changeUsd());
        }
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> body("{\"before\":%s,\"after\":%s,\"items\":[\"tag\"],\"dimensions\":[\"x\"]}"
                                .formatted(window(NOON), window(NOON.plusSeconds(60))))
                        .read())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.problem().errors())
                                .extracting(fault -> fault.pointer())
                                .containsExactlyInAnyOrder("/after", "/items", "/dimensions/0"));
        assertThatThrownBy(() -> body("{}").read())
                .hasMessageContaining("/before")
                .hasMessageContaining("/after");
    }

    private static long ledger(Collection<SpanRecord> all) {
        return all.stream().mapToLong(span -> span.getCost().getTotalNanoUsd()).sum();
    }

    private static BigDecimal dollars(Explanation.@org.jspecify.annotations.Nullable Item item) {
        return item == null ? BigDecimal.ZERO : new BigDecimal(item.changeUsd());
    }

    private static BigDecimal sum(Explanation answer) {
        return sum(answer.effects());
    }

    private static BigDecimal sum(Explanation.Effects effects) {
        return new BigDecimal(effects.volumeUsd())
                .add(new BigDecimal(effects.mixUsd()))
                .add(new BigDecimal(effects.tokensUsd()))
                .add(new BigDecimal(effects.priceUsd()));
    }

    private Explanation ask(String tenant, String rest) {
        Question question = body("{%s\"before\":%s,\"after\":%s}".formatted(rest, window(NOON), window(LATER)))
                .read();
        SqlChange change = new SqlChange(STORE.reads(), tenant, question);
        return new Explainer(question, change.read()).of(change.values(), null);
    }

    private static String window(Instant from) {
        return "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(from, from.plusSeconds(7200));
    }

    private static ExplainBody body(String json) {
        try {
            return new ObjectMapper().readValue(json, ExplainBody.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private ByteString put(String tenant, Instant at, String feature, String model, long input, long output) {
        SpanRecord span = call(tenant, at, feature, model, input, output, 1).build();
        STORE.put(List.of(span));
        return span.getTraceId();
    }

    /** 2 dollars for a million of input, 8 of output tokens, times {@code factor}. */
    private SpanRecord.Builder call(
            String tenant, Instant at, String feature, String model, long input, long output, int factor) {
        List<CostComponent> parts = new ArrayList<>();
        parts.add(part("in_uncached", input, 2000L * factor));
        parts.add(part("out_text", output, 8000L * factor));
        return spans.request(tenant, at)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder().setFeature(feature).setModel(model))
                .setUsage(Usage.newBuilder().setInUncached(input).setOutText(output))
                .setCost(Cost.newBuilder()
                        .setKnown(true)
                        .addAllComponents(parts)
                        .setTotalNanoUsd(parts.stream()
                                .mapToLong(CostComponent::getNanoUsd)
                                .sum()));
    }

    private static CostComponent part(String bucket, long units, long price) {
        return CostComponent.newBuilder()
                .setBucket(bucket)
                .setUnits(units)
                .setNanoUsdPerUnit(String.valueOf(price))
                .setNanoUsd(units * price)
                .build();
    }
}
