package io.pentameter.alert.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.BudgetDefinition;
import io.pentameter.alert.budget.Period;
import io.pentameter.alert.budget.Policy;
import io.pentameter.alert.rule.Severity;
import io.pentameter.alert.spend.SpendAnswer;
import io.pentameter.alert.spend.SpendQuestion;
import io.pentameter.alert.spend.SpendSource;
import io.pentameter.alert.watch.PostgresBudgetBook.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BudgetProjectionsTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-11-19T00:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-19T12:00:00Z");

    private final List<SpendQuestion> asked = new ArrayList<>();
    private int passed;

    /**
     * Each spent 1 USD an hour for 84 days. Today "steady" goes on so, and "wild" spends 10: at noon half of such a day is spent,
     * so that it ends at 240. Expected are 24, worth an alert is an excess of 10 USD: the line is 34.
     */
    @Test
    void eachOfThoseThatSpentMostTodayHasALineOfItsOwn() throws IOException {
        List<Reading> readings =
                projections(Map.of("steady", "1", "wild", "10")).of(budget("customer"), NOON);

        assertThat(readings).extracting(Reading::value).containsExactlyInAnyOrder("steady", "wild");
        for (Reading reading : readings) {
            assertThat(reading.line()).as(reading.value()).isEqualByComparingTo("34");
            assertThat(reading.amount())
                    .as(reading.value())
                    .isEqualByComparingTo(reading.value().equals("wild") ? "240" : "24");
        }
        assertThat(passed).isEqualTo(2);
        assertThat(asked.getFirst().limit()).isEqualTo(BudgetProjections.MAX_VALUES);
        assertThat(asked.getFirst().from()).isEqualTo(MIDNIGHT);
        assertThat(asked.subList(1, asked.size()))
                .allMatch(question -> question.filters().containsKey("customer")
                        && "search".equals(question.filters().get("feature")));
    }

    @Test
    void aBudgetOfAllTogetherHasOne() throws IOException {
        List<Reading> readings = projections(Map.of("", "1")).of(budget(null), NOON);

        assertThat(readings).hasSize(1);
        assertThat(readings.getFirst().value()).isEmpty();
        assertThat(asked).noneMatch(question -> question.each() != null);
    }

    @Test
    void whatSpentNothingTodayIsNotLookedAt() throws IOException {
        assertThat(projections(Map.of("idle", "0", "", "5")).of(budget("customer"), NOON))
                .isEmpty();
        assertThat(projections(Map.of("early", "1")).of(budget("customer"), MIDNIGHT))
                .as("the day has just begun")
                .isEmpty();
    }

    /** @param today USD an hour by value, since midnight */
    private BudgetProjections projections(Map<String, String> today) {
        return new BudgetProjections(
                new SpendSource() {
                    @Override
                    public SpendAnswer ask(SpendQuestion question) {
                        asked.add(question);
                        return new SpendAnswer(question.to(), rows(question, today), Set.of());
                    }

                    @Override
                    public Instant list(SpendQuestion question, Listener listener) {
                        throw new AssertionError("not for projections");
                    }
                },
                () -> passed++);
    }

    private static List<SpendAnswer.Row> rows(SpendQuestion question, Map<String, String> today) {
        if (question.each() != null) {
            List<SpendAnswer.Row> rows = new ArrayList<>();
            today.forEach((value, usd) -> rows.add(new SpendAnswer.Row(
                    "acme", value, new BigDecimal(usd).multiply(BigDecimal.valueOf(12)), 12, 1.0, Map.of())));
            return rows;
        }
        String hourly = today.get(question.filters().getOrDefault("customer", ""));
        Map<Instant, SpendAnswer.Point> points = new HashMap<>();
        for (Instant hour = question.from(); hour.isBefore(question.to()); hour = hour.plus(Duration.ofHours(1))) {
            BigDecimal usd = hour.isBefore(MIDNIGHT) ? BigDecimal.ONE : new BigDecimal(String.valueOf(hourly));
            points.put(hour, new SpendAnswer.Point(usd, 1));
        }
        return List.of(new SpendAnswer.Row("acme", "", BigDecimal.TEN, 10, 1.0, points));
    }

    static Budget budget(@Nullable String each) {
        BudgetDefinition definition = new BudgetDefinition(
                "Each",
                Map.of("feature", "search"),
                each,
                Period.MONTH,
                ZoneOffset.UTC,
                new BigDecimal("100"),
                List.of(),
                true,
                new Policy(null, null, null, null, true),
                Severity.WARNING,
                "",
                "",
                true,
                List.of());
        return new Budget("budget_1", "acme", definition, 1, MIDNIGHT, MIDNIGHT, null, null);
    }
}
