package io.pentameter.statistics.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightedQuantileTest {

    @Test
    void isTheLeastValueThatReachesTheShare() {
        double[] values = {30, 10, 20};
        double[] weights = {1, 2, 7};

        assertThat(WeightedQuantile.of(values, weights, 0)).hasValue(10);
        assertThat(WeightedQuantile.of(values, weights, 0.2)).hasValue(10);
        assertThat(WeightedQuantile.of(values, weights, 0.21)).hasValue(20);
        assertThat(WeightedQuantile.of(values, weights, 0.9)).hasValue(20);
        assertThat(WeightedQuantile.of(values, weights, 1)).hasValue(30);
    }

    @Test
    void aSumThatMissesTheShareByRoundingReachesIt() {
        assertThat(WeightedQuantile.of(new double[] {1, 2, 3, 4}, new double[] {0.1, 0.1, 0.1, 0.7}, 0.3))
                .hasValue(3);
    }

    @Test
    void rowsWithoutWeightAreNotThere() {
        assertThat(WeightedQuantile.of(new double[] {-5, 1}, new double[] {0, 3}, 0))
                .hasValue(1);
        assertThat(WeightedQuantile.of(new double[] {-5, 1}, new double[] {0, 0}, 0.5))
                .isEmpty();
        assertThat(WeightedQuantile.of(new double[] {}, new double[] {}, 0.5)).isEmpty();
    }

    @Test
    void isUnchangedByRescalingShufflingAndSplitting() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 500; round++) {
            int n = random.nextInt(1, 30);
            double[] values = random.doubles(n, 0, 1000).toArray();
            double[] weights = random.doubles(n, 0.5, 200).toArray();
            double q = random.nextDouble();
            double[] scaled = Arrays.stream(weights).map(w -> w * 1e-3).toArray();
            double[] twice = new double[2 * n];
            double[] halves = new double[2 * n];
            for (int i = 0; i < n; i++) {
                twice[2 * n - 1 - i] = values[i];
                twice[i] = values[i];
                halves[2 * n - 1 - i] = weights[i] * 0.25;
                halves[i] = weights[i] * 0.75;
            }

            assertThat(WeightedQuantile.of(values, scaled, q)).isEqualTo(WeightedQuantile.of(values, weights, q));
            assertThat(WeightedQuantile.of(twice, halves, q)).isEqualTo(WeightedQuantile.of(values, weights, q));
        }
    }

    @Test
    void sketchIsWithinOnePercentOfTheExactWeightedQuantile() {
        SplittableRandom random = new SplittableRandom(8);
        for (int round = 0; round < 200; round++) {
            int n = random.nextInt(1, 200);
            double[] values = random.doubles(n).map(u -> Math.exp(8 * u)).toArray();
            double[] weights = random.doubles(n, 1, 200).toArray();
            WeightedLogSketch left = new WeightedLogSketch();
            WeightedLogSketch right = new WeightedLogSketch();
            for (int i = 0; i < n; i++) {
                (i % 3 == 0 ? left : right).add(values[i], weights[i]);
            }
            left.merge(right);
            double q = random.nextDouble();

            double exact = WeightedQuantile.of(values, weights, q).orElseThrow();

            assertThat(left.quantile(q).orElseThrow() / exact).isBetween(0.99 - 1e-9, 1.01 + 1e-9);
            assertThat(left.totalWeight())
                    .isCloseTo(Arrays.stream(weights).sum(), org.assertj.core.api.Assertions.within(1e-6));
        }
        assertThat(new WeightedLogSketch().quantile(0.5)).isEmpty();
    }

    @Test
    void refusesWhatIsNoWeightOrValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedQuantile.of(new double[] {1}, new double[] {-1}, 0.5))
                .withMessage("weight must be 0 or more and finite: -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedQuantile.of(new double[] {Double.NaN}, new double[] {1}, 0.5))
                .withMessage("value must be finite: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedQuantile.of(new double[] {1}, new double[] {1, 2}, 0.5))
                .withMessage("values and weights must be as many: 1 and 2");
    }

    @Test
    void tailNeedsTenObservations() {
        assertThat(TailRule.DEFAULT.allows(0.999, 10_000)).isTrue();
        assertThat(TailRule.DEFAULT.allows(0.999, 9_999)).isFalse();
        assertThat(TailRule.DEFAULT.allows(0.5, 20)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new TailRule(0));
    }
}
