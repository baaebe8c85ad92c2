package io.pentameter.alert.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.BudgetDefinition;
import io.pentameter.alert.budget.Period;
import io.pentameter.alert.budget.Policy;
import io.pentameter.alert.lifecycle.PostgresAlertBook.Look;
import io.pentameter.alert.rule.Observation;
import io.pentameter.alert.rule.Severity;
import io.pentameter.alert.rule.Verdict;
import io.pentameter.alert.spend.SpendAnswer.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BudgetLooksTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Period.Span NOVEMBER = Period.MONTH.around(NOON, ZoneOffset.UTC);

    @Test
    void eachThresholdIsLookedAtForItselfWithItsShareOfTheAmount() {
        List<Look> looks = BudgetLooks.of(budget(null), Map.of(NOVEMBER, List.of(row("", "80"))));

        assertThat(looks).extracting(look -> look.rule().id()).containsExactly("b/50", "b/80", "b/100");
        assertThat(looks)
                .extracting(look -> look.rule().definition().condition().threshold())
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .containsExactly(new BigDecimal("50"), new BigDecimal("80"), new BigDecimal("100"));
        Observation spent = Objects.requireNonNull(looks.getFirst().groups().get(Map.of("period", "2026-11-01")));
        assertThat(spent).isEqualTo(new Observation(new BigDecimal("80"), 10));
        assertThat(looks)
                .extracting(
                        look -> look.rule().definition().condition().judge(spent, false) instanceof Verdict.Breached)
                .containsExactly(true, true, false);
    }

    @Test
    void aThresholdThatFiredStaysSoWhenAPriceIsCorrectedDownwards() {
        Look look = BudgetLooks.of(budget(null), Map.of(NOVEMBER, List.of(row("", "20"))))
                .getFirst();

        Verdict verdict = look.rule().definition().condition().judge(new Observation(new BigDecimal("20"), 10), true);

        assertThat(verdict).isInstanceOf(Verdict.Breached.class);
    }

    @Test
    void ofCustomersOnlyThoseThatReachedTheShareAreTold() {
        List<Look> looks = BudgetLooks.of(
                budget("customer"),
                Map.of(
                        NOVEMBER,
                        List.of(row("initech", "120"), row("globex", "60"), row("", "500"), row("tiny", "1"))));

        assertThat(looks).extracting(look -> look.groups().keySet().size()).containsExactly(2, 1, 1);
        assertThat(looks.getLast().groups().keySet())
                .containsExactly(Map.of("period", "2026-11-01", "customer", "initech"));
    }

    @Test
    void anUnknownCostIsNoEvidence() {
        Row unknown = new Row("acme", "", null, 4, 0.0, Map.of());

        Look look =
                BudgetLooks.of(budget(null), Map.of(NOVEMBER, List.of(unknown))).getFirst();

        Observation observation = Objects.requireNonNull(look.groups().get(Map.of("period", "2026-11-01")));
        assertThat(look.rule().definition().condition().judge(observation, false))
                .isInstanceOf(Verdict.NoEvidence.class);
        assertThat(unknown.unpriced()).isEqualTo(4);
    }

    @Test
    void thePeriodBeforeIsLookedAtForAnHourLonger() {
        Instant early = Instant.parse("2026-12-01T00:59:59Z");
        Duration grace = Duration.ofHours(1);

        assertThat(BudgetLooks.periods(budget(null).definition(), early, grace))
                .extracting(Period.Span::word)
                .containsExactly("2026-12-01", "2026-11-01");
        assertThat(BudgetLooks.periods(budget(null).definition(), early.plusSeconds(1), grace))
                .extracting(Period.Span::word)
                .containsExactly("2026-12-01");
    }

    private static Row row(String value, String usd) {
        return new Row("acme", value, new BigDecimal(usd), 10, 1.0, Map.of());
    }

    private static Budget budget(@Nullable String each) {
        return new Budget(
                "b",
                "acme",
                new BudgetDefinition(
                        "Search",
                        Map.of(),
                        each,
                        Period.MONTH,
                        ZoneOffset.UTC,
                        new BigDecimal("100"),
                        Stream.of("0.5", "0.8", "1").map(BigDecimal::new).toList(),
                        false,
                        new Policy(null, null, null, null, true),
                        Severity.WARNING,
                        "",
                        "",
                        true,
                        List.of("*")),
                1,
                NOON,
                NOON,
                null,
                null);
    }
}
