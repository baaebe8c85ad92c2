package io.pentameter.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Each check at its ends, just beyond them, and at NaN. */
class RequireTest {

    private static final double BELOW_ZERO = -Double.MIN_VALUE;
    private static final double ABOVE_ONE = Math.nextUp(1.0);

    @Test
    void aShareIsZeroToOne() {
        assertThat(Require.share("p", 0)).isZero();
        assertThat(Require.share("p", 1)).isOne();
        assertThat(Require.share("p", 0.3)).isEqualTo(0.3);
        for (double bad : new double[] {BELOW_ZERO, ABOVE_ONE, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Require.share("p", bad))
                    .withMessage("p must be in 0.0..1.0: " + bad);
        }
    }

    @Test
    void aProbabilityIsNotZero() {
        assertThat(Require.probability("p", Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
        assertThat(Require.probability("p", 1)).isOne();
        for (double bad : new double[] {0, BELOW_ZERO, ABOVE_ONE, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Require.probability("p", bad))
                    .withMessage("p must be above 0.0 and at most 1.0: " + bad);
        }
    }

    @Test
    void betweenLeavesBothEndsOut() {
        assertThat(Require.betweenZeroAndOne("p", 0.5)).isEqualTo(0.5);
        for (double bad : new double[] {0, 1, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Require.betweenZeroAndOne("p", bad))
                    .withMessage("p must be between 0.0 and 1.0, ends excluded: " + bad);
        }
    }

    @Test
    void positiveAndNotNegativeDifferAtZero() {
        assertThat(Require.positive("x", 2.5)).isEqualTo(2.5);
        assertThat(Require.notNegative("x", 0)).isZero();
        assertThat(Require.notNegative("x", 2.5)).isEqualTo(2.5);
        for (double bad : new double[] {0, -1, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Require.positive("x", bad))
                    .withMessage("x must be above 0 and finite: " + bad);
        }
        for (double bad : new double[] {BELOW_ZERO, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Require.notNegative("x", bad))
                    .withMessage("x must be 0 or more and finite: " + bad);
        }
    }

    @Test
    void numbersAndLengthsAreChecked() {
        assertThat(Require.finite("x", -7.5)).isEqualTo(-7.5);
        assertThat(Require.atLeast(2, "n", 2)).isEqualTo(2);
        assertThat(Require.atLeast(2L, "n", 9L)).isEqualTo(9);
        Require.sameLength("a", 3, "b", 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.finite("x", Double.NEGATIVE_INFINITY))
                .withMessage("x must be a finite number: -Infinity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.atLeast(2, "n", 1))
                .withMessage("n must be 2 or more: 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Require.sameLength("a", 3, "b", 4))
                .withMessage("a and b must have the same length: 3 and 4");
    }
}
