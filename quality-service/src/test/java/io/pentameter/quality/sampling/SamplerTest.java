package io.pentameter.quality.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.quality.Spans;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final byte[] SECRET = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final PolicyVersion STANDARD = PolicyVersion.standard(0.005, 0.05);

    private final Sampler sampler = new Sampler(new EpochKeys(SECRET), STANDARD);

    @Test
    void anotherInstanceDecidesAlike() {
        Sampler other = new Sampler(new EpochKeys(SECRET), STANDARD);

        for (int i = 0; i < 1_000; i++) {
            SpanRecord span = Spans.answer("acme", i, "x").build();
            assertThat(select(sampler, span, 0)).isEqualTo(select(other, span, 0));
        }
    }

    @Test
    void spansOfOneTraceHaveOneRandomNumber() {
        SpanRecord span = Spans.answer("acme", 1, "x").build();
        SpanRecord sibling = span.toBuilder()
                .setSpanId(com.google.protobuf.ByteString.copyFrom(new byte[8]))
                .build();
        SpanRecord stranger = span.toBuilder().setTenant("other").build();

        assertThat(select(sampler, sibling, 0).randomness())
                .isEqualTo(select(sampler, span, 0).randomness());
        assertThat(select(sampler, stranger, 0).randomness())
                .isNotEqualTo(select(sampler, span, 0).randomness());
    }

    @Test
    void retriesOfOneRequestHaveOneRandomNumber() {
        SpanRecord first = Spans.answer("acme", 1, "x")
                .putAttributes(SpanGlance.REQUEST_ID, "req-1")
                .putAttributes("something", "else")
                .build();
        SpanRecord retry = Spans.answer("acme", 2, "x")
                .putAttributes(SpanGlance.REQUEST_ID, "req-1")
                .build();

        assertThat(select(sampler, retry, 0).randomness())
                .isEqualTo(select(sampler, first, 0).randomness());
    }

    @Test
    void theNumberChangesWithTheWeek() {
        SpanRecord now = Spans.answer("acme", 1, "x").build();
        SpanRecord later = now.toBuilder()
                .setReceivedAtUs(now.getReceivedAtUs() + Duration.ofDays(7).toNanos() / 1000)
                .build();

        assertThat(select(sampler, later, 0).randomness())
                .isNotEqualTo(select(sampler, now, 0).randomness());
    }

    @Test
    void aSharePassesThatIsTheFloor() {
        int judged = 0;
        int checked = 0;
        int number = 200_000;
        for (int i = 0; i < number; i++) {
            Selection selection = select(sampler, Spans.answer("acme", i, "x").build(), 0);
            judged += selection.isJudged() ? 1 : 0;
            checked += selection.isChecked() ? 1 : 0;
            assertThat(!selection.isJudged() || selection.isChecked()).isTrue();
        }

        // five standard deviations of a binomial
        assertThat(judged / (double) number).isCloseTo(0.005, within(5 * Math.sqrt(0.005 * 0.995 / number)));
        assertThat(checked / (double) number).isCloseTo(0.05, within(5 * Math.sqrt(0.05 * 0.95 / number)));
    }

    @Test
    void errorsAreAllLookedAt() {
        Selection selection = select(sampler, Spans.failed("acme", 1).build(), 0);

        assertThat(selection.isJudged()).isTrue();
        assertThat(selection.judges().probability()).isEqualTo(1);
        assertThat(selection.judges().ruleIds()).containsExactly("baseline", "error");
    }

    @Test
    void aRuleThatMatchesLaterNeverTakesAwayWhatWasChosen() {
        for (int i = 0; i < 5_000; i++) {
            SpanRecord span = (i % 7 == 0 ? Spans.failed("acme", i) : Spans.answer("acme", i, "x")).build();
            Selection before = select(sampler, span, 0);
            Selection after = select(sampler, span, Rule.THUMBS_DOWN.bit());

            assertThat(after.judges().probability())
                    .isGreaterThanOrEqualTo(before.judges().probability());
            assertThat(!before.isJudged() || after.isJudged()).isTrue();
            assertThat(!before.isChecked() || after.isChecked()).isTrue();
            assertThat(after.judges().ruleIds()).containsAll(before.judges().ruleIds());
        }
    }

    @Test
    void aSpanIsDecidedByThePolicyInForceWhenItWasReceived() {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        PolicyVersion second = new PolicyVersion(2, noon.plusSeconds(1), 1.0, 1.0, rules(0.5));
        PolicyVersion first = new PolicyVersion(1, noon, 0.3, 0.4, rules(0.5));
        sampler.use(new Policies(Map.of("acme", List.of(first, second)), Map.of(), STANDARD));
        SpanRecord atNoon = Spans.answer("acme", 1, "x").build();

        assertThat(select(sampler, atNoon, 0).policyVersion()).isEqualTo("v1");
        assertThat(select(
                                sampler,
                                atNoon.toBuilder()
                                        .setReceivedAtUs(Spans.NOON - 1)
                                        .build(),
                                0)
                        .policyVersion())
                .isEqualTo("standard");
        assertThat(select(
                                sampler,
                                atNoon.toBuilder()
                                        .setReceivedAtUs(Spans.NOON + 1_000_000)
                                        .build(),
                                0)
                        .policyVersion())
                .isEqualTo("v2");
        assertThat(select(sampler, atNoon.toBuilder().setTenant("other").build(), 0)
                        .policyVersion())
                .isEqualTo("standard");
    }

    @Test
    void highCostIsAboveTheThresholdInForce() {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        CostThreshold threshold = new CostThreshold(noon, 999_999, 1_000);
        sampler.use(new Policies(Map.of(), Map.of("acme", List.of(threshold)), STANDARD));
        SpanRecord costly = Spans.answer("acme", 1, "x").build(); // 1,000,000 nano-dollars

        assertThat(select(sampler, costly, 0).judges().ruleIds()).containsExactly("baseline", "high-cost");
        assertThat(select(sampler, costly, 0).judges().probability()).isEqualTo(0.2);
        assertThat(select(
                                sampler,
                                costly.toBuilder()
                                        .setReceivedAtUs(Spans.NOON - 1)
                                        .build(),
                                0)
                        .judges()
                        .ruleIds())
                .containsExactly("baseline");
        sampler.use(
                new Policies(Map.of(), Map.of("acme", List.of(new CostThreshold(noon, 1_000_000, 1_000))), STANDARD));
        assertThat(select(sampler, costly, 0).judges().ruleIds()).containsExactly("baseline");
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EpochKeys(new byte[15]))
                .withMessage("the sampling key must have 16 bytes or more: 15");
    }

    private static Map<Rule, Double> rules(double probability) {
        Map<Rule, Double> rules = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            rules.put(rule, probability);
        }
        return rules;
    }

    private static Selection select(Sampler sampler, SpanRecord span, int lateRules) {
        SpanGlance glance = new SpanGlance();
        try {
            glance.read(span.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return sampler.select(glance, lateRules);
    }
}
