package io.pentameter.statistics.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.calibration.JudgeBias.Decile;
import io.pentameter.statistics.calibration.JudgeBias.Finding;
import io.pentameter.statistics.calibration.JudgeBias.Labelled;
import io.pentameter.statistics.calibration.JudgeWatch.Cause;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class JudgeDiagnosticsTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    void calibrationCurveHasTenRisingTenths() {
        List<Labelled> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(new Labelled((i + 0.5) / 100, i < 50 ? 0 : 1, 1));
        }

        List<Decile> curve = JudgeBias.calibrationCurve(answers, CONFIDENCE);

        assertThat(curve).hasSize(10);
        assertThat(curve.getFirst().meanScore()).isCloseTo(0.05, within(1e-12));
        assertThat(curve.getFirst().meanResidual().value()).isCloseTo(0.05, within(1e-12));
        assertThat(curve.getLast().meanResidual().value()).isCloseTo(-0.05, within(1e-12));
        assertThat(curve.get(4).meanResidual().value()).isCloseTo(0.45, within(1e-12));
    }

    @Test
    void calibrationCurveOfABinaryJudgeHasItsTwoVerdicts() {
        List<Labelled> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(new Labelled(i < 13 ? 0 : 1, i % 2, 0.5));
        }

        assertThat(JudgeBias.calibrationCurve(answers, CONFIDENCE))
                .extracting(Decile::meanScore)
                .containsExactly(0.0, 1.0);
        assertThat(JudgeBias.calibrationCurve(List.of(), CONFIDENCE)).isEmpty();
    }

    @Test
    void findsTheGroupToWhichTheJudgeIsKinder() {
        List<Labelled> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            boolean own = i % 2 == 0;
            answers.add(new Labelled(own ? 0.9 : 0.7, i % 4 < 3 ? 1 : 0, own ? 0.5 : 0.25));
        }

        Finding finding = JudgeBias.ofGroup("self-preference", answers, one -> one.score() > 0.8, CONFIDENCE);

        // own: 0.9 - 1/2 passes (i%4 in 0,2: one of two passes is 0 when i%4==3 only) computed below
        double own = 0.9 - 1.0;
        double others = 0.7 - 0.5;
        assertThat(finding.estimate().value()).isCloseTo(own - others, within(1e-12));
        assertThat(finding.pValue()).isLessThan(1e-6);
        assertThat(finding.name()).isEqualTo("self-preference");
    }

    @Test
    void cannotCompareWithAnEmptyGroup() {
        List<Labelled> answers = List.of(new Labelled(1, 1, 1), new Labelled(0, 1, 1));

        Finding finding = JudgeBias.ofGroup("language=xx", answers, _ -> false, CONFIDENCE);

        assertThat(finding.estimate().isKnown()).isFalse();
        assertThat(finding.pValue()).isNaN();
    }

    @Test
    void verbosityFindsThePointsPerDoublingAndIgnoresTheLabel() {
        SplittableRandom random = new SplittableRandom(89);
        List<Labelled> answers = new ArrayList<>();
        double[] tokens = new double[2_000];
        for (int i = 0; i < tokens.length; i++) {
            double truth = random.nextBoolean() ? 1 : 0;
            tokens[i] = Math.exp(random.nextDouble(3, 7) + truth); // good answers are longer
            double score =
                    0.2 + 0.5 * truth + 0.04 * Math.log(tokens[i] / 20) / Math.log(2) + random.nextDouble(-0.05, 0.05);
            answers.add(new Labelled(Math.min(1, Math.max(0, score)), truth, 0.1 + 0.9 * random.nextDouble()));
        }

        Finding finding = JudgeBias.verbosity(answers, tokens, CONFIDENCE);

        assertThat(finding.estimate().value()).isCloseTo(0.04, within(0.003));
        assertThat(finding.pValue()).isLessThan(1e-9);
    }

    @Test
    void verbosityMatchesARegressionDoneByHand() {
        // y = r on x = log2 tokens 1..4 with r = 0, 0.1, 0.1, 0.2: slope 0.06 per doubling
        List<Labelled> answers = DoubleStream.of(0.5, 0.6, 0.6, 0.7)
                .mapToObj(score -> new Labelled(score, 0.5, 1))
                .toList();

        Finding finding = JudgeBias.verbosity(answers, new double[] {2, 4, 8, 16}, CONFIDENCE);

        assertThat(finding.estimate().value()).isCloseTo(0.06, within(1e-12));
        // residuals -.01, .03, -.03, .01; HC1 = 4/2 * sum (x-mean)^2 e^2 / Sxx^2 = 2 * (2*2.25e-4 + 2*2.25e-4) / 25
        assertThat(finding.estimate().standardError()).isCloseTo(Math.sqrt(2 * 9e-4 / 25), within(1e-12));
    }

    @Test
    void verbosityIsUnknownIfLengthsDoNotVary() {
        List<Labelled> answers = List.of(
                new Labelled(0.5, 1, 1), new Labelled(0.6, 0, 1), new Labelled(0.7, 1, 1), new Labelled(0.8, 0, 1));

        Finding equal = JudgeBias.verbosity(answers, new double[] {9, 9, 9, 9}, CONFIDENCE);
        Finding few = JudgeBias.verbosity(answers.subList(0, 2), new double[] {9, 8}, CONFIDENCE);

        assertThat(equal.estimate().warnsOf("lengths-do-not-vary")).isTrue();
        assertThat(few.estimate().isKnown()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JudgeBias.verbosity(answers.subList(0, 1), new double[] {0}, CONFIDENCE))
                .withMessage("tokens must be above 0 and finite: 0.0");
    }

    @Test
    void correctsForTheNumberOfDiagnostics() {
        Estimate any = new PairedVerdicts(1, 1, 1, 1).difference(CONFIDENCE);
        List<Finding> findings =
                List.of(new Finding("a", any, 0.01), new Finding("b", any, Double.NaN), new Finding("c", any, 0.5));

        List<Double> adjusted = JudgeBias.adjusted(findings);

        // two tests: 0.01 * 2 * (1 + 1/2) / 1
        assertThat(adjusted.get(0)).isCloseTo(0.03, within(1e-12));
        assertThat(adjusted.get(1)).isNaN();
        assertThat(adjusted.get(2)).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void pairedDifferenceMatchesTheWorkedExampleOfThePaper() {
        // Newcombe 1998 (paired), table: a=36 b=12 c=2 d=0, method 10: 0.0569 to 0.3404
        Estimate difference = new PairedVerdicts(36, 2, 12, 0).difference(CONFIDENCE);

        assertThat(difference.value()).isCloseTo(0.2, within(1e-12));
        assertThat(difference.interval().low()).isCloseTo(0.0569, within(0.00005));
        assertThat(difference.interval().high()).isCloseTo(0.3404, within(0.00005));
    }

    @Test
    void mcNemarIsTheExactBinomialTest() {
        // 2 of 14 flips one way: 2 (1 + 14 + 91) / 2^14
        assertThat(new PairedVerdicts(36, 2, 12, 0).exactPValue()).isCloseTo(212.0 / 16_384, within(1e-12));
        assertThat(new PairedVerdicts(36, 0, 0, 7).exactPValue()).isOne();
        assertThat(new PairedVerdicts(0, 5, 5, 0).exactPValue()).isCloseTo(1, within(1e-12));
    }

    @Test
    void pairedDifferenceIsDefinedAtTheEnds() {
        assertThat(new PairedVerdicts(0, 0, 0, 0).difference(CONFIDENCE).isKnown())
                .isFalse();
        Estimate all = new PairedVerdicts(10, 0, 0, 0).difference(CONFIDENCE);
        assertThat(all.value()).isZero();
        assertThat(all.interval().holds(0)).isTrue();
        Estimate turned = new PairedVerdicts(0, 0, 10, 0).difference(CONFIDENCE);
        assertThat(turned.value()).isOne();
        assertThat(turned.interval().high()).isCloseTo(1, within(1e-12));
    }

    @Test
    void swappingTheVerdictsTurnsTheDifference() {
        Estimate one = new PairedVerdicts(30, 7, 3, 11).difference(CONFIDENCE);
        Estimate other = new PairedVerdicts(30, 3, 7, 11).difference(CONFIDENCE);

        assertThat(other.value()).isEqualTo(-one.value());
        assertThat(other.interval().low()).isCloseTo(-one.interval().high(), within(1e-12));
    }

    @Test
    void aBridgeOfFewAnswersSaysSo() {
        JudgeBridge small = JudgeBridge.between(new PairedVerdicts(200, 5, 9, 85), CONFIDENCE);
        JudgeBridge large = JudgeBridge.between(new PairedVerdicts(201, 5, 9, 85), CONFIDENCE);

        assertThat(small.difference().warnsOf("small-bridge")).isTrue();
        assertThat(large.difference().warnings()).isEmpty();
        assertThat(large.flipShare().value()).isCloseTo(14.0 / 300, within(1e-12));
        assertThat(large.pValue()).isGreaterThan(0.05);
    }

    @Test
    void positionBiasComesFromInconsistentPairs() {
        PairwiseOrders orders = new PairwiseOrders(40, 30, 25, 5);

        assertThat(orders.positionBias(CONFIDENCE).value()).isCloseTo(0.1, within(1e-12));
        assertThat(orders.positionBias(CONFIDENCE).interval().low()).isPositive();
        assertThat(orders.positionPValue()).isLessThan(0.001);
        assertThat(orders.inconsistency(CONFIDENCE).value()).isCloseTo(0.3, within(1e-12));
        assertThat(orders.shareOfA(CONFIDENCE).value()).isCloseTo(0.55, within(1e-12));
        assertThat(orders.shareOfA(CONFIDENCE).standardError())
                .isCloseTo(Math.sqrt((0.4 + 0.3 / 4 - 0.55 * 0.55) / 100), within(1e-12));
        PairwiseOrders none = new PairwiseOrders(0, 0, 0, 0);
        assertThat(none.positionBias(CONFIDENCE).isKnown()).isFalse();
        assertThat(none.shareOfA(CONFIDENCE).isKnown()).isFalse();
        assertThat(none.positionPValue()).isOne();
        assertThat(new PairwiseOrders(0, 0, 9, 0)
                        .shareOfA(CONFIDENCE)
                        .interval()
                        .holds(0.5))
                .isTrue();
    }

    @Test
    void readsTheWatchesInOrder() {
        assertThat(JudgeWatch.causeOf(true, true)).isEqualTo(Cause.JUDGE_DRIFT);
        assertThat(JudgeWatch.causeOf(true, false)).isEqualTo(Cause.JUDGE_DRIFT);
        assertThat(JudgeWatch.causeOf(false, true)).isEqualTo(Cause.LABEL_SHIFT);
        assertThat(JudgeWatch.causeOf(false, false)).isEqualTo(Cause.QUALITY_DROP);
    }

    @Test
    void unitsOfTheWatchesAreWithinZeroAndOne() {
        assertThat(JudgeWatch.residualUnit(1, 0)).isOne();
        assertThat(JudgeWatch.residualUnit(0, 1)).isZero();
        assertThat(JudgeWatch.residualUnit(0.7, 0.7)).isEqualTo(0.5);
        assertThat(JudgeWatch.canaryUnit(true, true)).isZero();
        assertThat(JudgeWatch.canaryUnit(true, false)).isOne();
        assertThat(JudgeWatch.noiseFloor(3, 100, CONFIDENCE).value()).isCloseTo(0.03, within(1e-12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JudgeWatch.residualUnit(2, 0))
                .withMessage("truth must be in 0.0..1.0: 2.0");
    }

    @Test
    void anotherTemperatureIsAnotherEpoch() {
        JudgeEpoch epoch = new JudgeEpoch("openai", "gpt-5", "ab12", 0, "r1");

        assertThat(epoch).isEqualTo(new JudgeEpoch("openai", "gpt-5", "ab12", 0, "r1"));
        assertThat(epoch).isNotEqualTo(new JudgeEpoch("openai", "gpt-5", "ab12", 0.1, "r1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JudgeEpoch("openai", " ", "ab12", 0, "r1"))
                .withMessage("model must not be blank: ' '");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JudgeEpoch("openai", "m", "ab12", -1, "r1"))
                .withMessage("temperature must be 0 or more and finite: -1.0");
    }
}
