package io.pentameter.statistics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pentameter.statistics.agreement.Agreement;
import io.pentameter.statistics.agreement.Distance;
import io.pentameter.statistics.agreement.Ratings;
import io.pentameter.statistics.agreement.UnitBootstrap;
import io.pentameter.statistics.calibration.PostStratifiedPpi.LabelDesign;
import io.pentameter.statistics.calibration.Quality.Calibrated;
import io.pentameter.statistics.calibration.Quality.Preliminary;
import io.pentameter.statistics.calibration.Quality.Uncalibrated;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Wilson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @ParameterizedTest
    @CsvSource({"0, uncalibrated", "29, uncalibrated", "30, provisional", "99, provisional", "100, calibrated"})
    void dependsOnTheNumberOfLabels(long labels, String word) {
        assertThat(withLabels(labels).gated().word()).isEqualTo(word);
    }

    @Test
    void saysWhatIsMissing() {
        Quality quality = withLabels(12).gated();

        assertThat(quality).isInstanceOfSatisfying(Uncalibrated.class, uncalibrated -> {
            assertThat(uncalibrated.labels()).isEqualTo(12);
            assertThat(uncalibrated.reasons().getFirst().sentence())
                    .isEqualTo("There are 12 human labels; 30 are needed.");
        });
        assertThat(quality.judgeOnly().toString()).isEqualTo("90.0 % (uncalibrated)");
    }

    @Test
    void aTenantMayAskForMoreLabelsNotForFewer() {
        assertThat(withLabels(150).gated(new LabelGate(100, 200))).isInstanceOf(Preliminary.class);
        assertThat(withLabels(90).gated(new LabelGate(100, 200))).isInstanceOf(Uncalibrated.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelGate(29, 100))
                .withMessage("least must be 30 or more: 29");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelGate(30, 99))
                .withMessage("full must be 100 or more: 99");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelGate(150, 120))
                .withMessage("full must be 150 or more: 120");
    }

    @Test
    void nobodyCanMakeAStateWithoutItsLabels() {
        JudgeOnly judge = new JudgeOnly(0.9, 1_000);
        Estimate few = withLabels(29).estimate();
        Estimate some = withLabels(99).estimate();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Preliminary(judge, few, Optional.empty()))
                .withMessage("labels must be 30 or more: 29");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibrated(judge, some, Optional.empty()))
                .withMessage("labels must be 100 or more: 99");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Calibrated(judge, Wilson.estimate(5, 500, CONFIDENCE), Optional.empty()))
                .withMessage("labels must be 100 or more: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Uncalibrated(judge, 5, List.of()))
                .withMessage("reasons must hold at least one: []");
    }

    @Test
    void aRubricOnWhichPeopleDisagreeHidesTheNumber() {
        Ratings opposed = Ratings.ofRaters(new double[] {0, 1, 0, 1, 1, 0}, new double[] {1, 0, 0, 1, 0, 1});
        Ratings agreed = Ratings.ofRaters(new double[] {0, 1, 0, 1, 1, 0}, new double[] {0, 1, 0, 1, 1, 0});
        UnitBootstrap bootstrap = UnitBootstrap.seeded(1);

        Quality hidden = withLabels(200)
                .givenAgreement(Agreement.of(opposed, Distance.NOMINAL, bootstrap, CONFIDENCE))
                .gated();
        Quality shown = withLabels(200)
                .givenAgreement(Agreement.of(agreed, Distance.NOMINAL, bootstrap, CONFIDENCE))
                .gated();

        assertThat(hidden)
                .isInstanceOfSatisfying(
                        Uncalibrated.class,
                        state -> assertThat(state.reasons()).extracting("code").containsExactly("rubric-unfit"));
        assertThat(shown).isInstanceOf(Calibrated.class);
    }

    @Test
    void theJudgeAloneNeverPrintsWithoutTheWord() {
        assertThat(new JudgeOnly(0.8125, 16).toString()).isEqualTo("81.3 % (uncalibrated)");
        assertThatIllegalArgumentException().isThrownBy(() -> new JudgeOnly(Double.NaN, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new JudgeOnly(0.5, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JudgeOnly(1.5, 3))
                .withMessage("share must be in 0.0..1.0, or NaN if nothing was judged: 1.5");
    }

    private static Debiased withLabels(long labels) {
        long onFail = labels / 4;
        VerdictClass all = VerdictClass.single(
                1_000, 900, new LabelCell(onFail, onFail / 2), new LabelCell(labels - onFail, labels - onFail));
        return PostStratifiedPpi.estimate(List.of(all), LabelDesign.RANDOM, CONFIDENCE);
    }
}
