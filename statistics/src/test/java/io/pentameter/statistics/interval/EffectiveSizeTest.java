package io.pentameter.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EffectiveSizeTest {

    @Test
    void kishCountsEqualWeightsInFull() {
        assertThat(EffectiveSize.kish(3, 3, 3, 3)).isCloseTo(4, within(1e-12));
        assertThat(EffectiveSize.kish(7)).isOne();
        assertThat(EffectiveSize.kish(1, 1, 2)).isCloseTo(16.0 / 6, within(1e-12));
    }

    @Test
    void kishIgnoresScaleAndSurvivesExtremes() {
        assertThat(EffectiveSize.kish(1e-300, 1e-300, 2e-300)).isCloseTo(16.0 / 6, within(1e-12));
        assertThat(EffectiveSize.kish(1e300, 1e300, 2e300)).isCloseTo(16.0 / 6, within(1e-12));
        assertThat(EffectiveSize.kish()).isZero();
        assertThat(EffectiveSize.kish(0, 0)).isZero();
        assertThat(EffectiveSize.kish(0, 5)).isOne();
    }

    @Test
    void sizeOfARateIsBetweenHalfTheSampleAndThePopulation() {
        assertThat(EffectiveSize.ofRate(0.5, 0.0025, 100, 1_000, 90)).isCloseTo(100, within(1e-9));
        assertThat(EffectiveSize.ofRate(0.5, 0.25, 100, 1_000, 90)).isEqualTo(50);
        assertThat(EffectiveSize.ofRate(0.5, 1e-9, 100, 1_000, 90)).isEqualTo(1_000);
        assertThat(EffectiveSize.ofRate(0.5, 0, 100, 1_000, 90))
                .isEqualTo(90); // equal values do not tell how they vary
        assertThat(EffectiveSize.ofRate(1, 0, 100, 1_000, 90)).isEqualTo(90);
        assertThat(EffectiveSize.ofRate(0, 0, 100, 1_000, 5_000)).isEqualTo(1_000);
    }

    @Test
    void clusteringShrinksBySquareOfTheDesignFactor() {
        assertThat(EffectiveSize.clustered(500, 5, 0.3)).isCloseTo(500 / 2.2, within(1e-9));
        assertThat(EffectiveSize.clustered(500, 1, 1)).isEqualTo(500);
        assertThat(EffectiveSize.clustered(500, 5, 1)).isCloseTo(100, within(1e-9));
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectiveSize.kish(1, -1))
                .withMessage("weight must be 0 or more and finite: -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectiveSize.ofRate(0.5, 0.1, 10, 5, 1))
                .withMessage("population must be n=10 or more: 5.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EffectiveSize.clustered(10, 0.5, 0))
                .withMessage("meanClusterSize must be 1 or more: 0.5");
    }
}
