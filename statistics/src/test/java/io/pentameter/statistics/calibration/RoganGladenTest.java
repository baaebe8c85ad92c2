package io.pentameter.statistics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.calibration.PostStratifiedPpi.LabelDesign;
import io.pentameter.statistics.calibration.RoganGladen.Accuracy;
import io.pentameter.statistics.calibration.RoganGladen.Allocation;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoganGladenTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @ParameterizedTest
    @ValueSource(strings = {"rg-0.4-0.7-0.9", "rg-0.9-0.7-0.95"})
    void matchesThePublishedCase(String id) {
        PublishedCase published = PublishedCase.of("04_rogan_gladen", id);
        JsonNode input = published.input();
        Accuracy accuracy = new Accuracy(
                input.path("spec").asDouble(),
                input.path("m0").asLong(),
                input.path("sens").asDouble(),
                input.path("m1").asLong());

        Estimate estimate = RoganGladen.estimate(
                        input.path("p").asDouble(),
                        input.path("n").asLong(),
                        accuracy,
                        Confidence.erring(input.path("alpha").asDouble()))
                .estimate();

        assertThat(estimate.value())
                .isCloseTo(published.expected().path("theta").asDouble(), within(1e-12));
        assertThat(estimate.interval().low())
                .isCloseTo(published.expected().path("lo").asDouble(), within(1e-12));
        assertThat(estimate.interval().high())
                .isCloseTo(published.expected().path("hi").asDouble(), within(1e-12));
    }

    @Test
    @DisplayName("rg-allocation")
    void matchesRgAllocation() {
        PublishedCase published = PublishedCase.of("04_rogan_gladen", "rg-allocation");
        JsonNode input = published.input();

        Allocation allocation = RoganGladen.allocate(
                input.path("m").asLong(),
                input.path("p").asDouble(),
                input.path("q0_pilot").asDouble(),
                input.path("q1_pilot").asDouble(),
                input.path("m_pilot").asLong());

        assertThat(allocation)
                .isEqualTo(new Allocation(
                        published.expected().path("m0").asLong(),
                        published.expected().path("m1").asLong()));
    }

    @Test
    void allocationKeepsThePilotOnBothSides() {
        assertThat(RoganGladen.allocate(100, 0, 0.7, 0.9, 10)).isEqualTo(new Allocation(10, 90));
        assertThat(RoganGladen.allocate(100, 1, 0.7, 0.9, 10)).isEqualTo(new Allocation(10, 90));
        assertThat(RoganGladen.allocate(100, 0.001, 0.7, 0.9, 10)).isEqualTo(new Allocation(90, 10));
        // 0.1/0.1 = 1: in proportion to what the judge passed
        assertThat(RoganGladen.allocate(100, 0.6, 0.9, 0.9, 0)).isEqualTo(new Allocation(40, 60));
        assertThat(RoganGladen.allocate(100, 0.5, 0.9, 1, 0).passes()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoganGladen.allocate(19, 0.5, 0.9, 0.9, 10))
                .withMessage("labels must be 20 or more: 19");
    }

    @Test
    void aJudgeNoBetterThanACoinIsUninformative() {
        for (Accuracy coin : List.of(
                new Accuracy(0.5, 500, 0.5, 500), new Accuracy(0.2, 500, 0.8, 500), new Accuracy(0.6, 500, 0.5, 500))) {
            Quality quality = RoganGladen.estimate(0.7, 5_000, coin, CONFIDENCE).gated();

            assertThat(quality)
                    .isInstanceOfSatisfying(
                            Quality.Uncalibrated.class,
                            state -> assertThat(state.reasons())
                                    .extracting("code")
                                    .containsExactly("judge-uninformative"));
        }
        assertThat(RoganGladen.estimate(0.5, 5_000, new Accuracy(0.6, 500, 0.51, 500), CONFIDENCE)
                        .gated())
                .isInstanceOf(Quality.Calibrated.class);
    }

    @Test
    void aPerfectJudgeIsBelieved() {
        Estimate estimate = RoganGladen.estimate(0.8, 1_000, new Accuracy(1, 5_000, 1, 5_000), CONFIDENCE)
                .estimate();

        assertThat(estimate.value()).isCloseTo(0.8, within(1e-12));
        assertThat(estimate.interval().low()).isCloseTo(0.774, within(0.002));
        assertThat(estimate.interval().high()).isCloseTo(0.824, within(0.002));
    }

    @Test
    void staysWithinZeroAndOne() {
        Estimate below = RoganGladen.estimate(0.1, 200, new Accuracy(0.7, 50, 0.9, 50), CONFIDENCE)
                .estimate();
        Estimate above = RoganGladen.estimate(1, 200, new Accuracy(0.7, 50, 0.9, 50), CONFIDENCE)
                .estimate();

        assertThat(below.value()).isZero();
        assertThat(below.interval().low()).isZero();
        assertThat(above.value()).isOne();
        assertThat(above.interval().high()).isOne();
    }

    @Test
    void flippingPassAndFailMirrorsTheRate() {
        SplittableRandom random = new SplittableRandom(83);
        for (int i = 0; i < 1_000; i++) {
            double share = random.nextDouble();
            double specificity = random.nextDouble(0.6, 1);
            double sensitivity = random.nextDouble(0.6, 1);
            Estimate one = RoganGladen.estimate(
                            share, 1_000, new Accuracy(specificity, 70, sensitivity, 130), CONFIDENCE)
                    .estimate();
            Estimate other = RoganGladen.estimate(
                            1 - share, 1_000, new Accuracy(sensitivity, 130, specificity, 70), CONFIDENCE)
                    .estimate();

            assertThat(other.value()).isCloseTo(1 - one.value(), within(1e-12));
            assertThat(other.interval().low()).isCloseTo(1 - one.interval().high(), within(1e-12));
            assertThat(other.interval().high()).isCloseTo(1 - one.interval().low(), within(1e-12));
        }
    }

    @Test
    void tellsWhenLabelsOfThePeriodSaySomethingElse() {
        Debiased elsewhere = RoganGladen.estimate(0.9, 5_000, new Accuracy(0.8, 400, 0.95, 400), CONFIDENCE);
        Debiased here = PostStratifiedPpi.estimate(
                List.of(VerdictClass.single(5_000, 4_500, new LabelCell(100, 10), new LabelCell(300, 210))),
                LabelDesign.BY_VERDICT,
                CONFIDENCE);
        Debiased same = PostStratifiedPpi.estimate(
                List.of(VerdictClass.single(5_000, 4_500, new LabelCell(100, 45), new LabelCell(300, 294))),
                LabelDesign.BY_VERDICT,
                CONFIDENCE);

        assertThat(RoganGladen.disagreement(elsewhere, here)).isPresent();
        assertThat(RoganGladen.disagreement(elsewhere, same)).isEmpty();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Accuracy(1.2, 5, 0.5, 5))
                .withMessage("specificity must be in 0.0..1.0: 1.2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Accuracy(0.9, 0, 0.5, 5))
                .withMessage("failures must be 1 or more: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoganGladen.estimate(0.5, 0, new Accuracy(0.9, 5, 0.9, 5), CONFIDENCE))
                .withMessage("judged must be 1 or more: 0");
    }
}
