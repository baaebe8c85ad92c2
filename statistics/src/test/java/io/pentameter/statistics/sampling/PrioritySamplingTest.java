package io.pentameter.statistics.sampling;

import static io.pentameter.statistics.sampling.PrioritySampling.Spending.NOT_BEYOND_RULES;
import static io.pentameter.statistics.sampling.PrioritySampling.Spending.WHOLE_BUDGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.sampling.PrioritySampling.Batch;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrioritySamplingTest {

    @Test
    void keepsThoseAboveTheNextPriority() {
        // q = 20, 5, 12, 2, 4; with k = 3 the fourth largest is 4
        Batch batch = PrioritySampling.select(
                new double[] {10, 2, 3, 1, 1}, new double[] {0.5, 0.4, 0.25, 0.5, 0.25}, 3, WHOLE_BUDGET);

        assertThat(batch.threshold()).isEqualTo(4);
        assertThat(batch.keptCount()).isEqualTo(3);
        assertThat(new boolean[] {batch.isKept(0), batch.isKept(1), batch.isKept(2), batch.isKept(3), batch.isKept(4)})
                .containsExactly(true, true, true, false, false);
        assertThat(batch.probability(0)).isOne(); // weight 10 beyond the threshold: certain
        assertThat(batch.probability(1)).isEqualTo(0.5);
        assertThat(batch.probability(2)).isEqualTo(0.75);
        assertThat(batch.isBudgetBinding()).isTrue();
    }

    @Test
    void selectsByTheRulesWhileTheBudgetDoesNotBind() {
        double[] probabilities = {1, 0.2, 0.1, 0.005};
        double[] uniforms = {0.9, 0.19, 0.2, 0.9};

        Batch batch = PrioritySampling.select(probabilities, uniforms, 10, NOT_BEYOND_RULES);

        assertThat(batch.threshold()).isOne();
        assertThat(batch.isBudgetBinding()).isFalse();
        for (int i = 0; i < 4; i++) {
            assertThat(batch.isKept(i)).isEqualTo(uniforms[i] <= probabilities[i]);
            assertThat(batch.probability(i)).isEqualTo(probabilities[i]);
        }
    }

    @Test
    void thinsEvenCertainRequestsWhenTheBudgetBinds() {
        double[] certain = {1, 1, 1, 1};

        Batch batch = PrioritySampling.select(certain, new double[] {0.1, 0.2, 0.4, 0.8}, 2, NOT_BEYOND_RULES);

        assertThat(batch.keptCount()).isEqualTo(2);
        assertThat(batch.threshold()).isEqualTo(2.5);
        assertThat(batch.probability(0)).isEqualTo(0.4); // "errors sampled at 40 %"
    }

    @Test
    void keepsEverythingWhenTheBudgetExceedsTheBatch() {
        Batch batch = PrioritySampling.select(new double[] {0.1, 0.2}, new double[] {1, 1}, 2, WHOLE_BUDGET);

        assertThat(batch.keptCount()).isEqualTo(2);
        assertThat(batch.probability(0)).isOne();
    }

    @Test
    void handlesEmptyBatchesNoBudgetAndWeightZero() {
        assertThat(PrioritySampling.select(new double[0], new double[0], 3, WHOLE_BUDGET)
                        .keptCount())
                .isZero();

        Batch none = PrioritySampling.select(new double[] {1, 1}, new double[] {0.1, 0.2}, 0, NOT_BEYOND_RULES);
        assertThat(none.keptCount()).isZero();
        assertThat(none.threshold()).isInfinite();
        assertThat(none.probability(0)).isZero();

        Batch zero = PrioritySampling.select(new double[] {0, 1}, new double[] {0.1, 0.2}, 5, WHOLE_BUDGET);
        assertThat(zero.isKept(0)).isFalse();
        assertThat(zero.probability(0)).isZero();
        assertThat(zero.isKept(1)).isTrue();
    }

    @Test
    void baselineHasTheSameChanceForEveryRequestOfABatch() {
        SplittableRandom random = new SplittableRandom(13);
        double errors = 0;
        double others = 0;
        int runs = 20_000;
        for (int i = 0; i < runs; i++) {
            double[] probabilities = new double[20];
            double[] uniforms = new double[20];
            for (int j = 0; j < 20; j++) {
                probabilities[j] = j < 10 ? 1 : 0.1;
                uniforms[j] = 1 - random.nextDouble();
            }
            Batch batch = PrioritySampling.select(probabilities, uniforms, 8, NOT_BEYOND_RULES);
            for (int j = 0; j < 20; j++) {
                if (batch.isInBaseline(0.1, uniforms[j])) {
                    assertThat(batch.isKept(j)).isTrue();
                    errors += j < 10 ? batch.threshold() / 0.1 : 0; // one over the chance given the threshold
                    others += j < 10 ? 0 : batch.threshold() / 0.1;
                }
            }
        }
        assertThat(errors / runs).isCloseTo(10, within(0.4));
        assertThat(others / runs).isCloseTo(10, within(0.4));
    }

    @Test
    void doesNotDependOnTheOrderAndNeverExceedsTheBudget() {
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 500; i++) {
            int size = random.nextInt(1, 60);
            double[] weights = random.doubles(size).toArray();
            double[] uniforms = random.doubles(size).map(u -> 1 - u).toArray();
            int budget = random.nextInt(size + 3);
            Batch batch = PrioritySampling.select(weights, uniforms, budget, NOT_BEYOND_RULES);
            Batch reversed = PrioritySampling.select(reversed(weights), reversed(uniforms), budget, NOT_BEYOND_RULES);

            assertThat(batch.keptCount()).isLessThanOrEqualTo(budget);
            assertThat(reversed.threshold()).isEqualTo(batch.threshold());
            for (int j = 0; j < size; j++) {
                assertThat(reversed.isKept(size - 1 - j)).isEqualTo(batch.isKept(j));
                assertThat(reversed.probability(size - 1 - j)).isEqualTo(batch.probability(j));
            }
        }
    }

    @Test
    void totalsAreUnbiased() {
        double[] weights = {10, 5, 3, 2, 1, 1, 1, 0.5, 0.5, 0.25};
        SplittableRandom random = new SplittableRandom(19);
        double sum = 0;
        int runs = 20_000;
        for (int i = 0; i < runs; i++) {
            double[] uniforms = random.doubles(10).map(u -> 1 - u).toArray();
            Batch batch = PrioritySampling.select(weights, uniforms, 4, WHOLE_BUDGET);
            for (int j = 0; j < 10; j++) {
                sum += batch.isKept(j) ? weights[j] / batch.probability(j) : 0;
            }
        }
        assertThat(sum / runs).isCloseTo(24.25, within(4 * Math.sqrt(40.5 / runs)));
    }

    @Test
    void refusesWhatCannotBeSampled() {
        double[] one = {1};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrioritySampling.select(new double[] {2}, one, 1, NOT_BEYOND_RULES))
                .withMessage("weight must be in 0.0..1.0: 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrioritySampling.select(new double[] {-1}, one, 1, WHOLE_BUDGET))
                .withMessage("weight must be 0 or more and finite: -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrioritySampling.select(one, new double[] {0}, 1, WHOLE_BUDGET))
                .withMessage("uniform must be above 0.0 and at most 1.0: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrioritySampling.select(one, new double[0], 1, WHOLE_BUDGET))
                .withMessage("weights and uniforms must have the same length: 1 and 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrioritySampling.select(one, one, -1, WHOLE_BUDGET))
                .withMessage("budget must be 0 or more: -1");
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
        return reversed;
    }
}
