package io.pentameter.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NormalIntervalTest {

    @Test
    void reachesZErrorsToEitherSide() {
        Interval interval = NormalInterval.of(5, 2, Confidence.NINETY_FIVE);

        assertThat(interval.low()).isCloseTo(5 - 2 * 1.959963984540054, within(1e-12));
        assertThat(interval.high()).isCloseTo(5 + 2 * 1.959963984540054, within(1e-12));
        assertThat(NormalInterval.of(5, 0, Confidence.NINETY)).isEqualTo(new Interval(5, 5));
        assertThat(NormalInterval.of(5, Double.POSITIVE_INFINITY, Confidence.NINETY))
                .isEqualTo(Interval.EVERYTHING);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NormalInterval.of(Double.NaN, 1, Confidence.NINETY))
                .withMessage("value must be a finite number: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NormalInterval.of(1, -1, Confidence.NINETY))
                .withMessage("standardError must be 0 or more and finite: -1.0");
    }

    @Test
    void warningsAreFoundByTheirCodeOnly() {
        Estimate sure = new Estimate(
                1, 0, new Interval(1, 1), Confidence.NINETY, "m", SampleSize.simple(1), List.of(Warning.noData()));

        assertThat(sure.warnsOf("no-data")).isTrue();
        assertThat(sure.warnsOf("thin-tail")).isFalse();
    }

    @Test
    void sizesAcceptTheirLimits() {
        assertThat(EffectiveSize.ofRate(0.5, 0.1, 10, 10, 1)).isEqualTo(5);
        assertThat(EffectiveSize.clustered(10, 1, 0.5)).isEqualTo(10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectiveSize.clustered(10, Double.POSITIVE_INFINITY, 0))
                .withMessage("meanClusterSize must be 1 or more: Infinity");
        assertThat(Woodruff.isSupported(0.5, 20)).isTrue();
        assertThat(Woodruff.isSupported(0.5, 19.99)).isFalse();
    }
}
