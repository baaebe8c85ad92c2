package io.pentameter.alert.decision;

import static io.pentameter.alert.decision.Budgets.NOW;
import static io.pentameter.alert.decision.Budgets.budget;
import static io.pentameter.alert.decision.Budgets.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.decision.Decider.Decision;
import io.pentameter.alert.decision.Decider.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeciderTest {

    /** Of 1 USD: warns at 0.5, degrades at 0.8, blocks at 1. */
    private static final Budget BUDGET = budget("b", Map.of(), null, "1");

    private static final long USD = 1_000_000_000;
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration OLD = Duration.ofSeconds(31);

    private final Decider decider = new Decider(Duration.ofSeconds(30));

    @ParameterizedTest
    @CsvSource({
        "0, 0, ALLOW",
        "499999999, 0, ALLOW",
        "500000000, 0, WARN",
        "499999999, 1, ALLOW",
        "499999999, 2, WARN",
        "799999999, 0, WARN",
        "800000000, 0, DEGRADE",
        "999999999, 0, DEGRADE",
        "999999999, 1, DEGRADE",
        "999999999, 2, BLOCK",
        "1000000000, 0, BLOCK",
        "2000000000, 0, BLOCK"
    })
    void aShareIsReachedWhenItIsSpentOrWouldBeExceeded(long spent, long estimated, Verdict expected) {
        assertThat(decider.decide(List.of(standing(BUDGET, spent, FRESH)), estimated)
                        .verdict())
                .isEqualTo(expected);
    }

    @Test
    void theStrictestWinsAndOfEqualsTheOneWithTheLeastLeft() {
        Budget large = budget("large", Map.of(), null, "100");
        Standing warns = standing(BUDGET, USD / 2, FRESH);
        Standing alsoWarns = standing(large, 60 * USD, FRESH);
        Standing blocks = standing(budget("small", Map.of(), null, "0.1"), USD, FRESH);

        Decision blocked = decider.decide(List.of(warns, blocks, alsoWarns), 0);
        Decision warned = decider.decide(List.of(alsoWarns, warns), 0);

        assertThat(blocked).isEqualTo(new Decision(Verdict.BLOCK, blocks, false));
        assertThat(warned).isEqualTo(new Decision(Verdict.WARN, warns, false));
    }

    @Test
    void aCallUnderNoBudgetIsAllowed() {
        assertThat(decider.decide(List.of(), 5)).isEqualTo(new Decision(Verdict.ALLOW, null, false));
    }

    @Test
    void anOldNumberAllowsOrBlocksAsTheBudgetSays() {
        Budget closed = budget("closed", Map.of(), null, "1", policy("0.5", "0.8", "1", false));

        assertThat(decider.decide(List.of(standing(BUDGET, 0, OLD)), 0).verdict())
                .isEqualTo(Verdict.ALLOW);
        assertThat(decider.decide(List.of(standing(BUDGET, USD, OLD)), 0).verdict())
                .as("what is spent stays spent")
                .isEqualTo(Verdict.BLOCK);
        assertThat(decider.decide(List.of(standing(closed, 0, OLD)), 0).verdict())
                .isEqualTo(Verdict.BLOCK);
        assertThat(decider.decide(List.of(standing(closed, 0, FRESH)), 0).verdict())
                .isEqualTo(Verdict.ALLOW);
    }

    @Test
    void theErrorBoundIsTheSumOfItsParts() {
        // tail 600 in 6 s; 3 s under way: 300. Two calls without a price at 50: 100. Cut off at 7.
        ErrorBound bound = new ErrorBound(
                600, Duration.ofSeconds(6), Duration.ofSeconds(2), Duration.ofSeconds(1), 2, 50, true, 7);
        // nothing of late: one call may be under way
        ErrorBound quiet =
                new ErrorBound(0, Duration.ofSeconds(6), Duration.ZERO, Duration.ofSeconds(1), 0, 50, true, 0);
        ErrorBound unknown =
                new ErrorBound(0, Duration.ofSeconds(6), Duration.ZERO, Duration.ofSeconds(1), 3, 0, false, 0);

        assertThat(bound.nano()).isEqualTo(OptionalLong.of(600 + 300 + 100 + 7));
        assertThat(quiet.nano()).isEqualTo(OptionalLong.of(50));
        assertThat(unknown.nano()).isEmpty();
    }

    @Test
    void aTableOfManyValuesKnowsEachAndNoOther() {
        int values = 20_000;
        LedgerTable table = new LedgerTable(values);
        for (int i = 0; i < values; i++) {
            table.add("customer-" + i, new LedgerTable.Entry(i, 2, 1));
        }

        for (int i = 0; i < values; i++) {
            assertThat(table.get("customer-" + i)).isEqualTo(new LedgerTable.Entry(i, 2, 1));
        }
        assertThat(table.get("customer-" + values)).isNull();
        assertThat(table.size()).isEqualTo(values);
        assertThat(table.meanNano()).isEqualTo(9_999); // 19,999 · 20,000 / 2 through 20,000 priced calls
        assertThat(new LedgerTable(0).get("anybody")).isNull();
    }

    private static Standing standing(Budget budget, long spentNano, Duration age) {
        long limit = Counter.nano(budget.definition().amount());
        return new Standing(budget, "", limit, true, spentNano, 0, 0L, NOW.minus(age), age, NOW);
    }
}
