package io.pentameter.statistics.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Interval;
import java.math.BigDecimal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExhaustionTest {

    private static final Confidence SURE = Confidence.NINETY_FIVE;

    @Test
    void tenADayUseUpThirtyFiveOnTheFourthDay() {
        Exhaustion four = Exhaustion.project(35, constant(60, 10), 30, SURE, 1);

        assertThat(four).isEqualTo(new Exhaustion(4, new Interval(4, 4), 1));
    }

    @Test
    void whatIsNotUsedUpWithinTheDaysLookedAtHasNoDay() {
        Exhaustion never = Exhaustion.project(1_000, constant(60, 10), 30, SURE, 1);

        assertThat(never.day()).isInfinite();
        assertThat(never.probability()).isZero();
    }

    @Test
    void aRunRateWithTwoEquallyOftenErrorsIsUsedUpWithTheirProbability() {
        // run rate of 5 and 20 in turn: the logs' mean, and one of two equally likely days of 5.0075 and 19.99
        double[] spend = {5, 20, 5, 20, 5, 20, 5, 20};

        Exhaustion half = Exhaustion.project(15, SpendForecast.of(spend, SURE), 1, SURE, 7);

        assertThat(half.probability()).isCloseTo(0.5, within(0.05)); // 3.2 standard errors of 1000 coins
        assertThat(half.interval()).isEqualTo(new Interval(1, Double.POSITIVE_INFINITY));
    }

    @Test
    void aBudgetWithNothingLeftAndAHistoryThatTellsNoErrorsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Exhaustion.project(0, constant(60, 10), 30, SURE, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Exhaustion.project(1, constant(60, 10), 0, SURE, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Exhaustion.project(1, constant(1, 10), 30, SURE, 1));
    }

    @Test
    void anAmountBeyondTheLineIsOutOfLineAndTheLineItselfIsNot() {
        // 1.2 · 100 = 120, bound 130, 100 + max(10, 1 % of 5000 = 50) = 150
        BigDecimal line = BudgetAlert.DEFAULT.line(money("100"), money("130"), money("5000"));
        // 1.2 · 100 = 120, bound 130, 100 + max(10, 1 % of 500 = 5) = 110
        BigDecimal bound = BudgetAlert.DEFAULT.line(money("100"), money("130"), money("500"));

        assertThat(line).isEqualByComparingTo("150");
        assertThat(bound).isEqualByComparingTo("130");
        assertThat(BudgetAlert.DEFAULT.isOutOfLine(reading("130", "500"))).isFalse();
        assertThat(BudgetAlert.DEFAULT.isOutOfLine(reading("130.01", "500"))).isTrue();
    }

    private static BudgetAlert.Reading reading(String amount, String budget) {
        return new BudgetAlert.Reading(money(amount), money("100"), money("130"), money(budget));
    }

    private static BigDecimal money(String text) {
        return new BigDecimal(text);
    }

    private static SpendForecast constant(int days, double spend) {
        double[] history = new double[days];
        Arrays.fill(history, spend);
        return SpendForecast.of(history, SURE);
    }
}
