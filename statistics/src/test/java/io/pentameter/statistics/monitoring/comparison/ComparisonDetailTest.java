package io.pentameter.statistics.monitoring.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the runs of the reference libraries leave open. */
class ComparisonDetailTest {

    /** The buckets lose no observation: the mean is that of the newest ones, however often the window was cut. */
    @Test
    void theWindowHoldsTheNewestObservationsExactly() {
        SplittableRandom random = new SplittableRandom(3);
        Adwin window = new Adwin(0.002);
        double[] seen = new double[4_000];
        int cuts = 0;
        for (int t = 0; t < seen.length; t++) {
            seen[t] = (t / 1_000) % 2 * 3 + random.nextGaussian();
            cuts += window.add(seen[t]) ? 1 : 0;
            double mean = Arrays.stream(seen, t + 1 - (int) window.width(), t + 1)
                    .average()
                    .orElseThrow();
            assertThat(window.mean()).isCloseTo(mean, within(1e-9));
        }
        assertThat(cuts).isBetween(3, 12);
        assertThat(window.width()).isBetween(900L, 1_100L);
    }

    /** One step of three deviations after 500 quiet values is found at the next check, not before, and not at a smaller one. */
    @Test
    void theCutDependsOnTheSpread() {
        assertThat(firstCut(3, 1)).isBetween(512, 544);
        assertThat(firstCut(3, 10)).isGreaterThan(700);
        assertThat(firstCut(0, 1)).isEqualTo(Integer.MAX_VALUE);
    }

    private static int firstCut(double step, double spread) {
        SplittableRandom random = new SplittableRandom(5);
        Adwin window = new Adwin(0.002);
        for (int t = 1; t <= 1_500; t++) {
            if (window.add((t > 500 ? step : 0) + spread * random.nextGaussian())) {
                assertThat(t % 32).isZero();
                return t;
            }
        }
        return Integer.MAX_VALUE;
    }

    @Test
    void pageHinkleyFindsAFallAndStartsAnew() {
        PageHinkley test = new PageHinkley(1, 0, 2, 1);

        // means 0, 0, -1, -1.8 ; deviations 0, 0, -2, -2.25: D = -4.25 below its largest 0
        assertThat(test.add(0)).isFalse();
        assertThat(test.add(0)).isFalse();
        assertThat(test.add(-3)).isFalse(); // exactly 2 below: not beyond the threshold
        assertThat(test.add(-4)).isTrue();
        assertThat(test.add(-4)).isFalse(); // begins again: no deviation from itself
        assertThat(test.add(-4)).isFalse();
        PageHinkley waits = new PageHinkley(4, 0, 2, 1);
        waits.add(0);
        waits.add(0);
        assertThat(waits.add(-9)).isFalse();
        assertThat(waits.add(0)).isTrue(); // the fourth observation may alarm
    }

    /** {@code D ← 0.5 D + deviation + δ}: worked out by hand. */
    @Test
    void pageHinkleyForgets() {
        PageHinkley test = new PageHinkley(1, 0.5, 1.2, 0.5);

        // x = 0: D = 0.5, max 0.5
        // x = -2: mean -1, deviation -1, D = 0.25 - 1 + 0.5 = -0.25: 0.75 below
        // x = -3: mean -5/3, deviation -4/3, D = -0.125 - 4/3 + 0.5 = -0.9583: 1.458 below
        assertThat(test.add(0)).isFalse();
        assertThat(test.add(-2)).isFalse();
        assertThat(test.add(-3)).isTrue();
    }

    @Test
    void cusumAlarmsBeyondItsLimitOnly() {
        Cusum chart = new Cusum(0, 1, 0.5, 2);

        assertThat(chart.add(2.5)).isFalse(); // C+ is exactly 2
        assertThat(chart.add(0.6)).isTrue();
        assertThat(chart.up()).isCloseTo(2.1, within(1e-12));
        assertThat(new Cusum(0, 1, 0.5, 2).add(-2.5)).isFalse();
        assertThat(CusumRunLength.oneSided(0.5, 20, 1)).isBetween(38.0, 42.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CusumRunLength.oneSided(0.5, 0, 0))
                .withMessage("limit must be above 0 and at most 20: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CusumRunLength.oneSided(0.5, 20.1, 0))
                .withMessage("limit must be above 0 and at most 20: 20.1");
    }
}
