package io.pentameter.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RatioOfSumsTest {

    /** x = 2, 4, 6, 8 and y = 1, 1, 2, 1: R = 20/5 = 4; residuals -2, 0, -2, 4; se = sqrt(4/3 · 24)/5 = sqrt(32)/5. */
    @Test
    void theIntervalIsThatOfTheLinearisedRatio() {
        Estimate estimate =
                RatioOfSums.of(new RatioOfSums.Sums(4, 20, 5, 120, 2 + 4 + 12 + 8, 7), Confidence.NINETY_FIVE);

        assertThat(estimate.value()).isEqualTo(4);
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(32) / 5, within(1e-12));
        assertThat(estimate.interval().high()).isCloseTo(4 + 1.959963984540054 * Math.sqrt(32) / 5, within(1e-9));
        assertThat(estimate.warnsOf("few-units")).isTrue();
    }

    @Test
    void unitsInFixedProportionLeaveNoDoubt() {
        Estimate estimate = RatioOfSums.of(new RatioOfSums.Sums(100, 300, 100, 900, 300, 100), Confidence.NINETY_FIVE);

        assertThat(estimate.interval()).isEqualTo(new Interval(3, 3));
        assertThat(estimate.warnings()).isEmpty();
    }

    @Test
    void withoutADenominatorNothingIsKnown() {
        assertThat(RatioOfSums.of(new RatioOfSums.Sums(5, 10, 0, 20, 0, 0), Confidence.NINETY_FIVE)
                        .isKnown())
                .isFalse();
    }

    @Test
    void oneUnitHasAValueAndNoLimits() {
        Estimate estimate = RatioOfSums.of(new RatioOfSums.Sums(1, 3, 1, 9, 3, 1), Confidence.NINETY_FIVE);

        assertThat(estimate.value()).isEqualTo(3);
        assertThat(estimate.interval()).isEqualTo(Interval.EVERYTHING);
    }
}
