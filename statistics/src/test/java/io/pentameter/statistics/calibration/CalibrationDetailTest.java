package io.pentameter.statistics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.calibration.PostStratifiedPpi.LabelDesign;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Wilson;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Effective sizes, what the judge alone says, and limits: what the published cases leave open. */
class CalibrationDetailTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    void theEffectiveSizeIsThatOfTheVariance() {
        VerdictClass one = VerdictClass.single(1_000, 800, new LabelCell(40, 10), new LabelCell(60, 57));

        Estimate plain = PostStratifiedPpi.estimate(List.of(one), LabelDesign.BY_VERDICT, CONFIDENCE)
                .estimate();
        Estimate clustered = PostStratifiedPpi.estimate(List.of(one), LabelDesign.BY_VERDICT, 2.5, CONFIDENCE)
                .estimate();
        Estimate allPass = PostStratifiedPpi.estimate(
                        List.of(VerdictClass.single(100, 80, new LabelCell(20, 20), new LabelCell(30, 30))),
                        LabelDesign.BY_VERDICT,
                        2,
                        CONFIDENCE)
                .estimate();

        double value = 0.2 * 0.25 + 0.8 * 0.95;
        double variance = 0.04 * 0.25 * 0.75 / 40 + 0.64 * 0.95 * 0.05 / 60 + 0.7 * 0.7 * 0.8 * 0.2 / 1_000;
        assertThat(plain.value()).isCloseTo(value, within(1e-12));
        assertThat(plain.standardError()).isCloseTo(Math.sqrt(variance), within(1e-12));
        assertThat(plain.size().effective()).isCloseTo(value * (1 - value) / variance, within(1e-8));
        assertThat(clustered.standardError()).isCloseTo(Math.sqrt(2.5 * variance), within(1e-12));
        // also the share of the verdict is known from fewer independent answers
        Interval share = Wilson.ofRate(0.8, 400, CONFIDENCE);
        Interval fail = Wilson.ofRate(0.25, 16, CONFIDENCE);
        Interval pass = Wilson.ofRate(0.95, 24, CONFIDENCE);
        double below =
                Math.hypot(Math.hypot(0.2 * (0.25 - fail.low()), 0.8 * (0.95 - pass.low())), 0.7 * (0.8 - share.low()));
        assertThat(clustered.interval().low()).isCloseTo(value - below, within(1e-12));
        assertThat(allPass.size().effective()).isEqualTo(25);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostStratifiedPpi.estimate(
                        List.of(one), LabelDesign.RANDOM, Double.POSITIVE_INFINITY, CONFIDENCE))
                .withMessage("designEffect must be 1 or more: Infinity");
    }

    @Test
    void theJudgeAloneIsWeighedByTraffic() {
        List<VerdictClass> classes = List.of(
                new VerdictClass(300, 10, 5, false, LabelCell.EMPTY, LabelCell.EMPTY),
                new VerdictClass(100, 10, 9, false, LabelCell.EMPTY, LabelCell.EMPTY));

        assertThat(PostStratifiedPpi.estimate(classes, LabelDesign.RANDOM, CONFIDENCE)
                        .judgeOnly())
                .isEqualTo(new JudgeOnly(0.6, 20));
        TwoPhase.Answer half = new TwoPhase.Answer(1, 0.5, Optional.empty(), 1, "a");
        TwoPhase.Answer tenth = new TwoPhase.Answer(0.25, 0.1, Optional.of(0.0), 1, "b");
        assertThat(TwoPhase.rate(List.of(half, tenth), CONFIDENCE).judgeOnly().share())
                .isCloseTo((2 + 2.5) / 12, within(1e-12));
        StratifiedPpi.Stratum three = new StratifiedPpi.Stratum(
                3, new PredictedSample(new double[] {1, 0}, new double[] {1, 0}, new double[] {1, 1}));
        StratifiedPpi.Stratum one = new StratifiedPpi.Stratum(
                1, new PredictedSample(new double[] {1, 0}, new double[] {0, 0}, new double[] {0, 1}));
        assertThat(StratifiedPpi.rate(List.of(three, one), CONFIDENCE)
                        .judgeOnly()
                        .share())
                .isCloseTo(0.75 * 0.75 + 0.25 * 0.25, within(1e-12));
        assertThat(ActiveInference.mean(
                                List.of(
                                        new ActiveInference.Answer(1, Optional.of(1.0), 0.5),
                                        new ActiveInference.Answer(0, Optional.empty(), 0.5)),
                                CONFIDENCE)
                        .judgeOnly())
                .isEqualTo(new JudgeOnly(0.5, 2));
    }

    /** Scores without bounds have no pass share to show. */
    @Test
    void scoresBeyondARateAreNotShownAsOne() {
        for (double score : new double[] {-0.1, 1.1}) {
            PredictedSample sample =
                    new PredictedSample(new double[] {5, 6}, new double[] {score, score}, new double[] {score});
            assertThat(StratifiedPpi.mean(List.of(new StratifiedPpi.Stratum(1, sample)), CONFIDENCE)
                            .judgeOnly()
                            .judged())
                    .isZero();
            assertThat(ActiveInference.mean(
                                    List.of(new ActiveInference.Answer(score, Optional.of(1.0), 0.5)), CONFIDENCE)
                            .judgeOnly()
                            .judged())
                    .isZero();
        }
        for (double score : new double[] {0, 1}) {
            PredictedSample sample =
                    new PredictedSample(new double[] {5, 6}, new double[] {score, score}, new double[] {score});
            assertThat(StratifiedPpi.mean(List.of(new StratifiedPpi.Stratum(1, sample)), CONFIDENCE)
                            .judgeOnly())
                    .isEqualTo(new JudgeOnly(score, 3));
            assertThat(ActiveInference.mean(
                                    List.of(new ActiveInference.Answer(score, Optional.of(1.0), 0.5)), CONFIDENCE)
                            .judgeOnly())
                    .isEqualTo(new JudgeOnly(score, 1));
        }
    }

    @Test
    void activeInferenceOfNothingAndOfOneIsDefined() {
        Debiased nothing = ActiveInference.mean(List.of(), CONFIDENCE);
        Estimate one = ActiveInference.mean(List.of(new ActiveInference.Answer(0.4, Optional.of(1.0), 0.5)), CONFIDENCE)
                .estimate();
        Estimate two = ActiveInference.mean(
                        List.of(
                                new ActiveInference.Answer(0.4, Optional.of(1.0), 0.5),
                                new ActiveInference.Answer(0.4, Optional.empty(), 0.5)),
                        CONFIDENCE)
                .estimate();

        assertThat(nothing.estimate().isKnown()).isFalse();
        assertThat(one.standardError()).isInfinite();
        assertThat(two.standardError()).isFinite();
        assertThat(two.size().labels()).isOne();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ActiveInference.Answer(0.4, Optional.of(Double.NaN), 0.5))
                .withMessage("truth must be a finite number: NaN");
        assertThat(ActiveInference.probabilities(new double[] {0, 0, 0, 0}, 2, 0.3, 0.02))
                .containsExactly(0.5, 0.5, 0.5, 0.5);
        assertThat(ActiveInference.probabilities(new double[] {3, 1}, 2, 0.3, 0.02))
                .containsExactly(1, 1);
        // 0.7 * 2 * 2e-9/1e-8 + 0.3 * 2/4, and so on: the scale of the uncertainties does not matter
        assertThat(ActiveInference.probabilities(new double[] {2e-9, 3e-9, 4e-9, 1e-9}, 2, 0.3, 0.02))
                .usingComparatorWithPrecision(1e-9)
                .containsExactly(0.43, 0.57, 0.71, 0.29);
    }

    @Test
    void twoPhaseIsCheckedAndCapsWhatTheJudgeAdds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TwoPhase.Answer(0.5, 1, Optional.of(1.5), 1, "s"))
                .withMessage("truth must be in 0.0..1.0: 1.5");
        List<TwoPhase.Answer> equal = List.of(
                new TwoPhase.Answer(1, 1, Optional.of(1.0), 1, "a"),
                new TwoPhase.Answer(1, 1, Optional.of(1.0), 1, "b"));
        Estimate allPass = TwoPhase.rate(equal, CONFIDENCE).estimate();
        Estimate known = TwoPhase.rate(
                        List.of(
                                new TwoPhase.Answer(0.5, 1, Optional.of(0.5), 1, "a"),
                                new TwoPhase.Answer(0.5, 1, Optional.of(0.5), 1, "b")),
                        CONFIDENCE)
                .estimate();

        assertThat(allPass.interval()).isEqualTo(Wilson.ofRate(1, 2, CONFIDENCE));
        assertThat(known.interval()).isEqualTo(Wilson.ofRate(0.5, 2, CONFIDENCE)); // no spread says nothing
    }

    @Test
    void roganGladenHasTheSizeOfItsError() {
        Debiased estimated = RoganGladen.estimate(0.7, 400, new RoganGladen.Accuracy(0.8, 60, 0.9, 90), CONFIDENCE);
        Estimate estimate = estimated.estimate();
        double error = estimate.standardError();

        assertThat(estimate.size().effective())
                .isCloseTo(estimate.value() * (1 - estimate.value()) / (error * error), within(1e-9));
        Estimate none = RoganGladen.estimate(0.2, 400, new RoganGladen.Accuracy(0.8, 60, 0.9, 90), CONFIDENCE)
                .estimate();
        assertThat(none.value()).isZero();
        assertThat(none.size().effective()).isZero();
        Estimate all = RoganGladen.estimate(0.95, 400, new RoganGladen.Accuracy(0.8, 60, 0.9, 90), CONFIDENCE)
                .estimate();
        assertThat(all.value()).isOne();
        assertThat(all.size().effective()).isZero();
        Estimate coin = RoganGladen.estimate(0.5, 400, new RoganGladen.Accuracy(0.1, 60, 0.5, 90), CONFIDENCE)
                .estimate();
        assertThat(coin.standardError()).isInfinite();
        assertThat(coin.interval()).isEqualTo(Interval.UNIT);
    }

    @Test
    void disagreementNamesPointsAndErrors() {
        Debiased one = RoganGladen.estimate(0.4, 4_000, new RoganGladen.Accuracy(0.9, 400, 0.9, 400), CONFIDENCE);
        Debiased other = RoganGladen.estimate(0.8, 4_000, new RoganGladen.Accuracy(0.9, 400, 0.9, 400), CONFIDENCE);
        double apart = other.estimate().value() - one.estimate().value();
        double errors = apart
                / Math.hypot(one.estimate().standardError(), other.estimate().standardError());

        assertThat(RoganGladen.disagreement(one, other).orElseThrow().sentence())
                .isEqualTo("Labels of this period and the judge's known errors differ by %.1f points, %.1f errors."
                        .formatted(100 * apart, errors));
        assertThat(apart).isCloseTo(0.5, within(1e-12));
        assertThat(RoganGladen.disagreement(one, one)).isEmpty();
    }

    @Test
    void allocationWithoutAPilotTakesTheRatesAsGiven() {
        // kappa = 0.2/0.05 = 4: m1 = 300/(1 + (1/0.5 - 1) 2)
        assertThat(RoganGladen.allocate(300, 0.5, 0.8, 0.95, 0)).isEqualTo(new RoganGladen.Allocation(200, 100));
        assertThat(RoganGladen.allocate(300, 0, 0.8, 0.95, 10)).isEqualTo(new RoganGladen.Allocation(10, 290));
        assertThat(RoganGladen.allocate(300, 0.5, 0.8, 1, 0).passes()).isEqualTo(1); // kappa is 2e5, not infinite
    }

    @Test
    void plansCountTheCostOfAnswersToo() {
        LabelPlan.Costs free = new LabelPlan.Costs(0, 1, 0.5);
        LabelPlan.Costs withAnswers = new LabelPlan.Costs(0.25, 1, 0.5);

        // a judge that tells little: labels alone, each with its answer
        assertThat(LabelPlan.bestWithin(100, 0.1, withAnswers)).isEqualTo(new LabelPlan.Purchase(80, 0, 100, 80));
        assertThat(LabelPlan.cheapestFor(40, 0.1, withAnswers)).isEqualTo(new LabelPlan.Purchase(40, 0, 50, 40));
        assertThat(LabelPlan.bestWithin(100, 0.1, free)).isEqualTo(new LabelPlan.Purchase(100, 0, 100, 100));
        // one that tells much: both formulas by hand, with ratio (0.02 + 0.03)/1
        LabelPlan.Purchase pair = LabelPlan.cheapestFor(1_000, 0.9, new LabelPlan.Costs(0.02, 1, 0.03));
        double labels = 1_000 * (0.19 + Math.sqrt(0.05 * 0.81 * 0.19));
        double predictions = labels * (1_000 - labels) / (labels - 190);
        assertThat(pair.labels()).isEqualTo(Math.round(labels));
        assertThat(pair.predictions()).isEqualTo(Math.round(predictions));
        assertThat(pair.cost()).isCloseTo(pair.labels() + (pair.labels() + pair.predictions()) * 0.05, within(1e-9));
        assertThat(LabelPlan.effectiveSizeFor(0.03, 0.3, 0.8, CONFIDENCE)).isEqualTo(785);
        assertThat(LabelPlan.effectiveSizeFor(-0.03, 0.3, 0.8, CONFIDENCE)).isEqualTo(785);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LabelPlan.bestWithin(1, -1, free))
                .withMessage("correlation must be between -1.0 and 1.0, ends excluded: -1.0");
    }

    @Test
    void epochsNamePartsThatAreMissing() {
        for (int part = 0; part < 4; part++) {
            String[] parts = {"p", "m", "h", "r"};
            parts[part] = " ";
            String name =
                    List.of("provider", "model", "promptHash", "rubricVersion").get(part);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new JudgeEpoch(parts[0], parts[1], parts[2], 0, parts[3]))
                    .withMessage(name + " must not be blank: ' '");
        }
    }

    @Test
    void panelsAndFoldsMustFit() {
        double[] truths = {1, 0};
        double[][] two = {{1, 0}, {1, 1}};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JudgePanel.rate(truths, two, new double[][] {{1}}, CONFIDENCE))
                .withMessage("scores and unlabelled must have the same length: 2 and 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JudgePanel.rate(truths, two, new double[][] {{1}, {1, 0}}, CONFIDENCE))
                .withMessage("unlabelled[0] and unlabelled[1] must have the same length: 1 and 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JudgePanel.rate(truths, new double[][] {{2, 0}}, new double[][] {{1}}, CONFIDENCE))
                .withMessage("score must be in 0.0..1.0: 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CrossPpi.rate(List.of("a"), truths, List.of(), 2, (_, _) -> _ -> 0.5, CONFIDENCE))
                .withMessage("labelled and truths must have the same length: 1 and 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JudgeBias.verbosity(List.of(), new double[] {1}, CONFIDENCE))
                .withMessage("answers and tokens must have the same length: 0 and 1");
        PredictedSample beyond = new PredictedSample(new double[] {2}, new double[] {1}, new double[0]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StratifiedPpi.rate(List.of(new StratifiedPpi.Stratum(1, beyond)), CONFIDENCE))
                .withMessage("truth must be in 0.0..1.0: 2.0");
        // nothing unlabelled: no weight for any judge, and what the panel's mean says alone
        JudgePanel.Result alone = JudgePanel.rate(truths, two, new double[2][0], CONFIDENCE);
        assertThat(alone.weights()).containsExactly(0.0, 0.0);
        assertThat(alone.debiased().judgeOnly().share()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void aTieIsHalfAWin() {
        Estimate share = new PairwiseOrders(6, 2, 3, 1).shareOfA(CONFIDENCE);
        Estimate bias = new PairwiseOrders(6, 2, 3, 1).positionBias(CONFIDENCE);
        Estimate ties = new PairwiseOrders(0, 0, 3, 3).shareOfA(CONFIDENCE);

        // scores 1 (6 times), 0.5 (4 times), 0 (twice): mean 2/3, variance (6 + 1)/12 - 4/9
        double variance = (7.0 / 12 - 4.0 / 9) / 12;
        assertThat(share.value()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(share.standardError()).isCloseTo(Math.sqrt(variance), within(1e-12));
        assertThat(share.size().effective()).isCloseTo(2.0 / 9 / variance, within(1e-9));
        assertThat(bias.value()).isCloseTo(2.0 / 24, within(1e-12));
        // differences +1 (3), -1 (1), 0 (8): variance 4/12 - 1/36 of the mean, halved
        assertThat(bias.standardError()).isCloseTo(Math.sqrt((4.0 / 12 - 1.0 / 36) / 12) / 2, within(1e-12));
        Interval twice = new PairedVerdicts(0, 1, 3, 8).difference(CONFIDENCE).interval();
        assertThat(bias.interval()).isEqualTo(new Interval(twice.low() / 2, twice.high() / 2));
        assertThat(ties.size().effective()).isEqualTo(6); // all equal: the pairs themselves
    }

    @Test
    void meansHaveTheSizeOfTheirVariance() {
        double[] truths = new double[400];
        double[] scores = new double[400];
        double[] unlabelled = new double[800];
        for (int i = 0; i < 800; i++) {
            unlabelled[i] = i % 5;
            if (i < 400) {
                scores[i] = i % 5;
                truths[i] = i % 5 + (i % 2 == 0 ? 0.5 : -0.5);
            }
        }
        Estimate mean = PpiPlusPlus.mean(new PredictedSample(truths, scores, unlabelled), CONFIDENCE)
                .estimate();
        double spread = Moments.variance(1, truths);

        assertThat(mean.warnings()).isEmpty(); // 400 labels are enough
        assertThat(mean.size().effective())
                .isCloseTo(spread / (mean.standardError() * mean.standardError()), within(1e-9));
        Estimate human = PpiPlusPlus.rate(
                        new PredictedSample(new double[] {1, 0, 0, 0}, new double[] {1, 0, 0, 1}, new double[] {1, 0}),
                        CONFIDENCE)
                .humanOnly()
                .orElseThrow();
        assertThat(human.standardError()).isCloseTo(Math.sqrt(0.25 / 4), within(1e-12));
        Estimate constant = PpiPlusPlus.mean(
                        new PredictedSample(new double[] {3, 3}, new double[] {1, 1}, new double[] {1}), CONFIDENCE)
                .estimate();
        assertThat(constant.size().effective()).isEqualTo(2);
    }

    @Test
    void bordersOfTheGatesAreInclusive() {
        assertThat(new LabelGate(200, 200).full()).isEqualTo(200);
        AnnotatorNoise faultless = new AnnotatorNoise(new LabelCell(10, 0), new LabelCell(10, 10));
        assertThat(faultless.standing(CONFIDENCE)).isEqualTo(AnnotatorNoise.Standing.ACTIVE);
        LabelCell five = new LabelCell(5, 1);
        VerdictClass big = VerdictClass.single(100, 50, new LabelCell(50, 40), new LabelCell(50, 40));
        VerdictClass small = VerdictClass.single(100, 50, five, five);
        // five labels stand for themselves
        assertThat(PostStratifiedPpi.estimate(List.of(big, small), LabelDesign.BY_VERDICT, CONFIDENCE)
                        .estimate()
                        .value())
                .isCloseTo(0.5 * 0.8 + 0.5 * 0.2, within(1e-12));
        VerdictClass unseen = new VerdictClass(50, 0, 0, true, LabelCell.EMPTY, LabelCell.EMPTY);
        assertThat(PostStratifiedPpi.estimate(List.of(big, unseen), LabelDesign.BY_VERDICT, CONFIDENCE)
                        .judgeOnly()
                        .judged())
                .isEqualTo(100);
    }
}
