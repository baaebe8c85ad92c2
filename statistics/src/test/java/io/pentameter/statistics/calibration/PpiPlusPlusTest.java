package io.pentameter.statistics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Wilson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PpiPlusPlusTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    void aJudgeThatTellsNothingLeavesTheLabelsAlone() {
        double[] truths = {1, 0, 1, 1, 0, 1, 1, 1};
        PredictedSample sample = new PredictedSample(truths, filled(8, 0.7), filled(100, 0.7));

        Estimate estimate = PpiPlusPlus.rate(sample, CONFIDENCE).estimate();

        assertThat(PpiFit.bestLambda(sample, PpiFit.Convention.DEFAULT)).isZero();
        assertThat(estimate.value()).isCloseTo(0.75, within(1e-12));
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(0.1875 * 8 / 7 / 8), within(1e-12));
    }

    @Test
    void withoutUnlabelledAnswersItIsTheLabelsAlone() {
        double[] truths = {1, 0, 1, 1, 0, 1, 1, 1};
        PredictedSample sample = new PredictedSample(truths, new double[] {1, 0, 0, 1, 1, 1, 0, 1}, new double[0]);

        Estimate estimate = PpiPlusPlus.rate(sample, 1, CONFIDENCE).estimate();

        assertThat(estimate.value()).isCloseTo(0.75, within(1e-12));
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(0.1875 * 8 / 7 / 8), within(1e-12));
    }

    @Test
    void aPerfectJudgeIsAsGoodAsLabellingEverything() {
        SplittableRandom random = new SplittableRandom(47);
        double[] truths = binary(random, 200, 0.9);
        double[] unlabelled = binary(random, 20_000, 0.9);

        Estimate estimate = PpiPlusPlus.rate(new PredictedSample(truths, truths, unlabelled), CONFIDENCE)
                .estimate();

        // the weight is estimated too, so something of the labels' own error is left
        assertThat(estimate.standardError()).isLessThan(0.4 * Math.sqrt(0.09 / 200));
        assertThat(estimate.value()).isCloseTo(0.9, within(0.02));
    }

    @Test
    void theBestWeightIsOnAverageNoWorseThanPlainOrNoPpi() {
        SplittableRandom random = new SplittableRandom(53);
        double best = 0;
        double plain = 0;
        double none = 0;
        for (int i = 0; i < 300; i++) {
            double[] truths = random.doubles(60).toArray();
            PredictedSample sample = new PredictedSample(
                    truths,
                    blurred(random, truths),
                    blurred(random, random.doubles(5_000).toArray()));
            best += PpiFit.tuned(sample, PpiFit.Convention.DEFAULT).variance();
            plain += PpiFit.of(sample, 1, PpiFit.Convention.DEFAULT).variance();
            none += PpiFit.of(sample, 0, PpiFit.Convention.DEFAULT).variance();
        }

        assertThat(best).isLessThanOrEqualTo(1.03 * plain); // which is the best there is in this design
        assertThat(best).isLessThan(0.6 * none);
    }

    @Test
    void allPassKeepsAnIntervalOfTheLabels() {
        PredictedSample sample = new PredictedSample(filled(50, 1), filled(50, 1), filled(1_000, 1));

        Estimate estimate = PpiPlusPlus.rate(sample, CONFIDENCE).estimate();

        assertThat(estimate.value()).isOne();
        assertThat(estimate.interval()).isEqualTo(Wilson.interval(50, 50, CONFIDENCE));
    }

    @Test
    void staysWithinZeroAndOneWhereTheFormulaLeavesIt() {
        PredictedSample sample =
                new PredictedSample(new double[] {1, 1, 1, 1, 0}, new double[] {0.1, 0.2, 0.1, 0.2, 0}, filled(500, 1));

        Estimate estimate = PpiPlusPlus.rate(sample, 2, CONFIDENCE).estimate();

        assertThat(estimate.value()).isOne();
        assertThat(estimate.interval().low()).isBetween(0.0, 1.0);
    }

    @Test
    void isUnknownWithoutALabelAndWideWithOne() {
        PredictedSample none = new PredictedSample(new double[0], new double[0], new double[] {0.5, 0.7});
        PredictedSample one = new PredictedSample(new double[] {1}, new double[] {0.9}, new double[] {0.5, 0.7});

        assertThat(PpiPlusPlus.rate(none, CONFIDENCE).estimate().isKnown()).isFalse();
        assertThat(PpiPlusPlus.rate(none, CONFIDENCE).gated().judgeOnly()).isEqualTo(new JudgeOnly(0.6, 2));
        assertThat(PpiPlusPlus.mean(none, CONFIDENCE).estimate().isKnown()).isFalse();
        assertThat(PpiPlusPlus.rate(one, CONFIDENCE).estimate().interval().width())
                .isGreaterThan(0.7);
        assertThat(PpiPlusPlus.mean(one, CONFIDENCE).estimate().interval()).isEqualTo(Interval.EVERYTHING);
        assertThat(PpiPlusPlus.pValue(one, 0.5)).isNaN();
    }

    @Test
    void valuesWithoutBoundsGetTheNormalIntervalAndAWarning() {
        SplittableRandom random = new SplittableRandom(59);
        double[] truths = random.doubles(500, -50, 50).toArray();
        PredictedSample large =
                new PredictedSample(truths, truths, random.doubles(900, -50, 50).toArray());
        PredictedSample small =
                new PredictedSample(Arrays.copyOf(truths, 399), Arrays.copyOf(truths, 399), new double[] {1, 2, 3});

        Estimate ofLarge = PpiPlusPlus.mean(large, CONFIDENCE).estimate();

        assertThat(ofLarge.warnings()).isEmpty();
        assertThat(ofLarge.interval().width()).isCloseTo(2 * CONFIDENCE.z() * ofLarge.standardError(), within(1e-9));
        assertThat(PpiPlusPlus.mean(small, CONFIDENCE).estimate().warnsOf("small-for-normal"))
                .isTrue();
    }

    @Test
    void flippingLabelsAndScoresMirrorsTheRate() {
        SplittableRandom random = new SplittableRandom(61);
        for (int i = 0; i < 300; i++) {
            double[] truths = random.doubles(40).toArray();
            double[] scores = random.doubles(40).toArray();
            double[] unlabelled = random.doubles(300).toArray();
            Estimate one = PpiPlusPlus.rate(new PredictedSample(truths, scores, unlabelled), CONFIDENCE)
                    .estimate();
            Estimate other = PpiPlusPlus.rate(
                            new PredictedSample(flipped(truths), flipped(scores), flipped(unlabelled)), CONFIDENCE)
                    .estimate();

            // the weight of the judge enters as lambda (mean f_unlab - mean f_lab), which flips with everything else
            assertThat(other.value()).isCloseTo(1 - one.value(), within(1e-9));
            assertThat(other.standardError()).isCloseTo(one.standardError(), within(1e-9));
            assertThat(other.interval().low()).isCloseTo(1 - one.interval().high(), within(1e-9));
        }
    }

    @Test
    void aSingleStratumIsPlainPpi() {
        SplittableRandom random = new SplittableRandom(67);
        PredictedSample sample = new PredictedSample(
                random.doubles(50).toArray(),
                random.doubles(50).toArray(),
                random.doubles(500).toArray());

        Estimate stratified = StratifiedPpi.rate(
                        List.of(
                                new StratifiedPpi.Stratum(3, sample),
                                new StratifiedPpi.Stratum(
                                        0, new PredictedSample(new double[0], new double[0], new double[0]))),
                        CONFIDENCE)
                .estimate();
        Estimate plain = PpiPlusPlus.rate(sample, CONFIDENCE).estimate();

        assertThat(stratified.value()).isCloseTo(plain.value(), within(1e-12));
        assertThat(stratified.interval().low()).isCloseTo(plain.interval().low(), within(1e-12));
    }

    @Test
    void aStratumWithTooFewLabelsMakesTheWholeUnknown() {
        PredictedSample one = new PredictedSample(new double[] {1}, new double[] {1}, new double[] {1, 0});
        PredictedSample many =
                new PredictedSample(new double[] {1, 0, 1}, new double[] {1, 0, 0}, new double[] {1, 0, 0.5});
        List<StratifiedPpi.Stratum> strata =
                List.of(new StratifiedPpi.Stratum(1, one), new StratifiedPpi.Stratum(1, many));

        assertThat(StratifiedPpi.rate(strata, CONFIDENCE).estimate().isKnown()).isFalse();
        assertThat(StratifiedPpi.mean(strata, CONFIDENCE).estimate().isKnown()).isFalse();
        assertThat(StratifiedPpi.rate(List.of(), CONFIDENCE).gated()).isInstanceOf(Quality.Uncalibrated.class);
    }

    @Test
    void crossFittingCorrectsEachLabelByAModelThatHasNotSeenIt() {
        List<Integer> labelled = List.of(0, 1, 2, 3);
        double[] truths = {1, 0, 1, 0};
        // a learner that knows the labels by heart and says one half for what it has not seen
        CrossPpi.Learner<Integer> byHeart =
                (answers, known) -> answer -> answers.contains(answer) ? known[answers.indexOf(answer)] : 0.5;

        Estimate estimate = CrossPpi.rate(labelled, truths, List.of(7, 8, 9), 2, byHeart, CONFIDENCE)
                .estimate();

        assertThat(estimate.value()).isCloseTo(0.5, within(1e-12));
        // residuals are Y - 0.5, not 0 as they would be had the model seen its own labels
        assertThat(estimate.standardError()).isCloseTo(Math.sqrt(1.0 / 3 / 4), within(1e-12));
    }

    @Test
    void aSecondEqualJudgeAddsNothing() {
        SplittableRandom random = new SplittableRandom(71);
        double[] truths = binary(random, 200, 0.8);
        double[] scores = noisy(random, truths);
        double[] unlabelled = noisy(random, binary(random, 4_000, 0.8));

        JudgePanel.Result one =
                JudgePanel.rate(truths, new double[][] {scores}, new double[][] {unlabelled}, CONFIDENCE);
        JudgePanel.Result two = JudgePanel.rate(
                truths, new double[][] {scores, scores}, new double[][] {unlabelled, unlabelled}, CONFIDENCE);
        Estimate plain = PpiPlusPlus.rate(new PredictedSample(truths, scores, unlabelled), CONFIDENCE)
                .estimate();

        assertThat(two.debiased().estimate().value())
                .isCloseTo(one.debiased().estimate().value(), within(1e-4));
        assertThat(one.debiased().estimate().value()).isCloseTo(plain.value(), within(1e-4));
        assertThat(two.weights().get(0)).isCloseTo(two.weights().get(1), within(1e-9));
        assertThat(two.correlations().get(0).get(1)).isCloseTo(1, within(1e-9));
    }

    @Test
    void twoIndependentJudgesAreBetterThanOne() {
        SplittableRandom random = new SplittableRandom(73);
        double[] truths = binary(random, 400, 0.7);
        double[] hidden = binary(random, 8_000, 0.7);
        double[][] scores = {noisy(random, truths), noisy(random, truths)};
        double[][] unlabelled = {noisy(random, hidden), noisy(random, hidden)};

        double both = JudgePanel.rate(truths, scores, unlabelled, CONFIDENCE)
                .debiased()
                .estimate()
                .standardError();
        double single = PpiPlusPlus.rate(new PredictedSample(truths, scores[0], unlabelled[0]), CONFIDENCE)
                .estimate()
                .standardError();

        assertThat(both).isLessThan(0.95 * single);
    }

    @Test
    void aPanelThatDoesNotVaryIsIgnored() {
        double[] truths = {1, 0, 1, 1};
        JudgePanel.Result result =
                JudgePanel.rate(truths, new double[][] {filled(4, 0.5)}, new double[][] {filled(9, 0.5)}, CONFIDENCE);

        assertThat(result.weights()).containsExactly(0.0);
        assertThat(result.debiased().estimate().value()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void twoPhaseWithEverythingCertainIsTheMeanOfTheTruth() {
        List<TwoPhase.Answer> answers = new ArrayList<>();
        double[] truths = {1, 0, 1, 1, 0.5};
        for (int i = 0; i < truths.length; i++) {
            answers.add(new TwoPhase.Answer(0.3, 1, Optional.of(truths[i]), 1, i));
        }

        assertThat(TwoPhase.rate(answers, CONFIDENCE).estimate().value()).isCloseTo(0.7, within(1e-12));
    }

    @Test
    void twoPhaseIsUnbiasedUnderUnequalProbabilities() {
        SplittableRandom random = new SplittableRandom(79);
        double sum = 0;
        int covered = 0;
        int runs = 400;
        for (int run = 0; run < runs; run++) {
            Estimate estimate =
                    TwoPhase.rate(anyTwoPhase(random, 3_000), CONFIDENCE).estimate();
            sum += estimate.value();
            covered += estimate.interval().holds(0.79) ? 1 : 0;
        }
        // traffic: one tenth passes at 0.25, the rest at 0.85
        assertThat(sum / runs).isCloseTo(0.79, within(0.008));
        assertThat(covered / (double) runs).isBetween(0.91, 0.99);
    }

    @Test
    void twoPhaseKnowsNothingFromNothingAndLittleFromOneSession() {
        assertThat(TwoPhase.rate(List.of(), CONFIDENCE).estimate().isKnown()).isFalse();
        TwoPhase.Answer unlabelled = new TwoPhase.Answer(0.9, 0.5, Optional.empty(), 0.5, "s");
        assertThat(TwoPhase.rate(List.of(unlabelled), CONFIDENCE).estimate().isKnown())
                .isFalse();
        TwoPhase.Answer labelled = new TwoPhase.Answer(0.9, 0.5, Optional.of(1.0), 0.5, "s");
        Estimate one = TwoPhase.rate(List.of(labelled, labelled), CONFIDENCE).estimate();
        assertThat(one.standardError()).isInfinite();
    }

    @Test
    void activeProbabilitiesFollowTheFormulaWithinTheirLimits() {
        double[] free = ActiveInference.probabilities(new double[] {1, 2, 3, 4}, 1, 0.3, 0.01);
        // 0.7 k u/sum + 0.3 k/N with k = 1
        assertThat(free[0]).isCloseTo(0.7 * 0.1 + 0.075, within(1e-9));
        assertThat(free[3]).isCloseTo(0.7 * 0.4 + 0.075, within(1e-9));

        double[] capped = ActiveInference.probabilities(new double[] {100, 1, 1, 1}, 2, 0.3, 0.02);
        assertThat(capped[0]).isOne();
        assertThat(Arrays.stream(capped).sum()).isCloseTo(2, within(1e-9));

        double[] floored = ActiveInference.probabilities(new double[] {1, 0, 0, 0}, 0.5, 0, 0.05);
        assertThat(floored[1]).isEqualTo(0.05);
        assertThat(Arrays.stream(floored).sum()).isCloseTo(0.5, within(1e-9));

        assertThat(ActiveInference.probabilities(new double[] {0, 0}, 1, 0.3, 0.02))
                .containsExactly(0.5, 0.5);
        assertThat(ActiveInference.probabilities(new double[] {1, 2}, 5, 0.3, 0.02))
                .containsExactly(1, 1);
        assertThat(ActiveInference.probabilities(new double[] {1, 9}, 0.02, 0, 0.5))
                .containsExactly(0.01, 0.01);
        assertThat(ActiveInference.probabilities(new double[0], 5, 0.3, 0.02)).isEmpty();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PredictedSample(new double[] {1}, new double[0], new double[0]))
                .withMessage("truths and scores must have the same length: 1 and 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PredictedSample(new double[0], new double[0], new double[] {Double.NaN}))
                .withMessage("unlabelled score must be a finite number: NaN");
        PredictedSample beyond = new PredictedSample(new double[] {2, 1}, new double[] {1, 1}, new double[] {1});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PpiPlusPlus.rate(beyond, CONFIDENCE))
                .withMessage("truth must be in 0.0..1.0: 2.0");
        PredictedSample fine = new PredictedSample(new double[] {1, 1}, new double[] {1, 1}, new double[] {1});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PpiPlusPlus.rate(fine, 2.5, CONFIDENCE))
                .withMessage("lambda must be in 0.0..2.0: 2.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RiskMonitor.lowerBounds(List.of(), new Confidence(0.4), 1))
                .withMessage("confidence must be above 0.5: 0.4");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> CrossPpi.rate(List.of(1), new double[] {1}, List.of(), 1, (_, _) -> _ -> 0.5, CONFIDENCE))
                .withMessage("folds must be 2 or more: 1");
    }

    private static List<TwoPhase.Answer> anyTwoPhase(SplittableRandom random, int requests) {
        List<TwoPhase.Answer> answers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            boolean isError = random.nextDouble() < 0.1;
            double judgeProbability = isError ? 1 : 0.3;
            if (random.nextDouble() >= judgeProbability) {
                continue;
            }
            double truth = random.nextDouble() < (isError ? 0.25 : 0.85) ? 1 : 0;
            double score = random.nextDouble() < 0.85 ? truth : 1 - truth;
            double labelProbability = score == 1 ? 0.2 : 0.5;
            Optional<Double> label = random.nextDouble() < labelProbability ? Optional.of(truth) : Optional.empty();
            answers.add(new TwoPhase.Answer(score, judgeProbability, label, labelProbability, i));
        }
        return answers;
    }

    private static double[] blurred(SplittableRandom random, double... truths) {
        return Arrays.stream(truths)
                .map(truth -> (truth + random.nextDouble()) / 2)
                .toArray();
    }

    private static double[] noisy(SplittableRandom random, double... truths) {
        return Arrays.stream(truths)
                .map(truth -> random.nextDouble() < 0.8 ? truth : 1 - truth)
                .toArray();
    }

    private static double[] binary(SplittableRandom random, int length, double rate) {
        return random.doubles(length).map(u -> u < rate ? 1 : 0).toArray();
    }

    private static double[] flipped(double... values) {
        return Arrays.stream(values).map(value -> 1 - value).toArray();
    }

    private static double[] filled(int length, double value) {
        double[] filled = new double[length];
        Arrays.fill(filled, value);
        return filled;
    }
}
