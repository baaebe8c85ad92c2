package io.pentameter.statistics.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SamplingPolicyTest {

    private static final SamplingPolicy STANDARD = SamplingPolicy.standard();

    @Test
    @DisplayName("union-of-rules-prn")
    void matchesUnionOfRulesPrn() {
        PublishedCase published = PublishedCase.of("01_sampling", "union-of-rules-prn");
        Map<String, Double> rules = new LinkedHashMap<>();
        published
                .input()
                .path("rules")
                .properties()
                .forEach(rule -> rules.put(rule.getKey(), rule.getValue().doubleValue()));
        double floor = published.input().path("rules").path("baseline").doubleValue();
        SamplingPolicy policy = new SamplingPolicy("case", floor, rules);
        Randomness randomness = new Randomness(
                Randomness.SPAN - (long) (published.input().path("U").doubleValue() * 0x1p56));

        for (int i = 0; i < published.input().path("items").size(); i++) {
            List<String> matched = new ArrayList<>();
            for (JsonNode rule : published.input().path("items").get(i).path("match")) {
                matched.add(rule.asText());
            }
            Inclusion inclusion = policy.inclusionOf(matched);

            assertThat(inclusion.probability())
                    .isEqualTo(published.expected().path("pi").get(i).doubleValue());
            assertThat(inclusion.selects(randomness))
                    .isEqualTo(published.expected().path("selected").get(i).booleanValue());
            JsonNode weight = published.expected().path("weight").get(i);
            if (!weight.isNull()) {
                assertThat(inclusion.weight()).isEqualTo(weight.doubleValue());
            }
        }
    }

    @Test
    void takesTheLargestWhateverTheOrderAndRepeats() {
        assertThat(STANDARD.inclusionOf(List.of("outlier", "high-cost")))
                .isEqualTo(STANDARD.inclusionOf(List.of("high-cost", "outlier", "high-cost")))
                .isEqualTo(new Inclusion(0.2, List.of("baseline", "high-cost", "outlier")));
    }

    @Test
    void neverFallsBelowTheFloor() {
        SamplingPolicy policy = new SamplingPolicy("v", 0.01, Map.of("rare", 0.0001));

        assertThat(policy.inclusionOf(List.of("rare")).probability()).isEqualTo(0.01);
        assertThat(policy.inclusionOf(List.of()).ruleIds()).containsExactly("baseline");
    }

    @Test
    void lateRuleKeepsWhatWasSelected() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 10_000; i++) {
            Randomness randomness = new Randomness(random.nextLong(Randomness.SPAN));
            Inclusion before = STANDARD.inclusionOf(List.of("low-confidence"));
            Inclusion after = before.alsoMatching("thumbs-down", random.nextDouble() + 0x1p-53);

            assertThat(after.probability()).isGreaterThanOrEqualTo(before.probability());
            assertThat(!before.selects(randomness) || after.selects(randomness)).isTrue();
        }
        assertThat(new Inclusion(0.1, List.of("a")).alsoMatching("a", 0.3)).isEqualTo(new Inclusion(0.3, List.of("a")));
    }

    @Test
    void requestsOfOneClassShareTheKeyOfTheirThreshold() {
        assertThat(STANDARD.inclusionOf(List.of("outlier")).threshold())
                .isEqualTo(STANDARD.inclusionOf(List.of("low-confidence")).threshold());
        assertThat(STANDARD.inclusionOf(List.of("error")).threshold().th()).isEqualTo("0");
    }

    @Test
    void refusesARuleItDoesNotKnowAndProbabilitiesThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STANDARD.inclusionOf(List.of("eror")))
                .withMessage("rule must be one of [error, guardrail, high-cost, high-risk, low-confidence, outlier,"
                        + " thumbs-down]: eror");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SamplingPolicy("v", 0, Map.of()))
                .withMessage("floor must be above 0.0 and at most 1.0: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SamplingPolicy("v", 0.1, Map.of("x", 1.5)))
                .withMessage("rule x must be above 0.0 and at most 1.0: 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SamplingPolicy("", 0.1, Map.of()))
                .withMessage("version must not be empty: ''");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Inclusion(0.5, List.of()))
                .withMessage("ruleIds must hold at least one rule: []");
    }
}
