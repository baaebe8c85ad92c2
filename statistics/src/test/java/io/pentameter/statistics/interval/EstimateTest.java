package io.pentameter.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {

    @Test
    void unknownSaysSoAndHoldsEverythingPossible() {
        Estimate unknown = Estimate.unknown(Interval.UNIT, Confidence.NINETY_FIVE, "hajek");

        assertThat(unknown.isKnown()).isFalse();
        assertThat(unknown.interval()).isEqualTo(Interval.UNIT);
        assertThat(unknown.standardError()).isInfinite();
        assertThat(unknown.warnings()).containsExactly(Warning.noData());
    }

    @Test
    void keepsWarningsInOrder() {
        Estimate estimate = Wilson.estimate(1, 2, Confidence.NINETY_FIVE);

        Estimate warned = estimate.with(new Warning("first", "One.")).with(new Warning("second", "Two."));

        assertThat(warned.warnings()).extracting(Warning::code).containsExactly("first", "second");
        assertThat(warned.warnsOf("second")).isTrue();
        assertThat(estimate.warnings()).isEmpty();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Estimate(
                        0.5,
                        Double.NaN,
                        Interval.UNIT,
                        Confidence.NINETY_FIVE,
                        "wilson",
                        SampleSize.simple(1),
                        List.of()))
                .withMessage("standardError must be 0 or more: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Warning("No Data", "x"))
                .withMessage("code must be in kebab-case: No Data");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleSize.simple(-1))
                .withMessage("n must be 0 or more: -1");
    }
}
