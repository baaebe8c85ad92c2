package io.pentameter.alert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.alert.rule.Observation;
import io.pentameter.alert.rule.Rule;
import io.pentameter.alert.rule.RuleBody;
import io.pentameter.alert.rule.RuleDefinition;
import io.pentameter.alert.rule.RuleReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LooksTest {

    @Test
    void aRuleWithoutDimensionsAlwaysHasItsOneGroup() {
        assertThat(Looks.of(rule("a", "error_rate", List.of(), 10), List.of()).groups())
                .isEqualTo(Map.of(Map.of(), Observation.ABSENT));
    }

    @Test
    void aValueThatIsNullIsUnknownAndNotZero() {
        Map<String, @Nullable BigDecimal> values = new HashMap<>();
        values.put("error_rate", null);
        values.put("requests", BigDecimal.TEN);

        assertThat(Looks.of(rule("a", "error_rate", List.of(), 10), List.of(series(Map.of(), values)))
                        .groups())
                .isEqualTo(Map.of(Map.of(), new Observation(null, 10)));
    }

    @Test
    void theSampleOfFeedbackIsAllRatings() {
        Map<String, @Nullable BigDecimal> values = new HashMap<>();
        values.put("thumbs_down_rate", new BigDecimal("0.25"));
        values.put("thumbs_up", new BigDecimal("30"));
        values.put("thumbs_down", new BigDecimal("10"));

        assertThat(Looks.of(rule("a", "thumbs_down_rate", List.of(), 10), List.of(series(Map.of(), values)))
                        .groups())
                .isEqualTo(Map.of(Map.of(), new Observation(new BigDecimal("0.25"), 40)));
    }

    @Test
    void ofTooManyGroupsTheLargestAreLookedAt() {
        List<MetricAnswer.Series> series = List.of(
                series(Map.of("feature", "small"), requests(1)),
                series(Map.of("feature", "large"), requests(100)),
                series(Map.of("feature", "medium"), requests(10)));
        Rule rule = rule("a", "requests", List.of("feature"), 2);

        assertThat(Looks.of(rule, series).groups().keySet())
                .containsExactlyInAnyOrder(Map.of("feature", "large"), Map.of("feature", "medium"));
        assertThat(Looks.cut(rule, series)).isEqualTo(1);
    }

    @Test
    void rulesOfOneShapeAreAskedTogetherWhosesoeverTheyAre() {
        Rule one = rule("a", "error_rate", List.of("model"), 10);
        Rule same = rule("b", "error_rate", List.of("model"), 50);
        Rule other = rule("b", "error_rate", List.of(), 10);

        assertThat(RuleShape.group(List.of(one, same, other)).values())
                .containsExactly(List.of(one, same), List.of(other));
    }

    private static Map<String, @Nullable BigDecimal> requests(long count) {
        Map<String, @Nullable BigDecimal> values = new HashMap<>();
        values.put("requests", BigDecimal.valueOf(count));
        return values;
    }

    private static MetricAnswer.Series series(Map<String, String> group, Map<String, @Nullable BigDecimal> values) {
        return new MetricAnswer.Series("a", group, values);
    }

    private static Rule rule(String tenant, String measure, List<@Nullable String> groupBy, int groupLimit) {
        RuleBody body = new RuleBody(
                "r",
                measure,
                ">",
                BigDecimal.ONE,
                null,
                null,
                null,
                groupBy,
                groupLimit,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return switch (RuleReader.read(body)) {
            case RuleReader.Outcome.Read(RuleDefinition definition) ->
                new Rule("rule_" + tenant, tenant, definition, null, 1, Instant.EPOCH, Instant.EPOCH, null);
            case RuleReader.Outcome.Refused(var faults) -> throw new AssertionError(faults);
        };
    }
}
