package io.pentameter.statistics.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.agreement.Agreement;
import io.pentameter.statistics.agreement.CohenKappa;
import io.pentameter.statistics.agreement.Credit;
import io.pentameter.statistics.agreement.Distance;
import io.pentameter.statistics.agreement.FleissKappa;
import io.pentameter.statistics.agreement.GwetAc;
import io.pentameter.statistics.agreement.KrippendorffAlpha;
import io.pentameter.statistics.agreement.Ratings;
import io.pentameter.statistics.agreement.UnitBootstrap;
import io.pentameter.statistics.calibration.JudgeBias;
import io.pentameter.statistics.calibration.JudgeWatch;
import io.pentameter.statistics.calibration.PpiPlusPlus;
import io.pentameter.statistics.calibration.PredictedSample;
import io.pentameter.statistics.forecast.MonthEnd;
import io.pentameter.statistics.forecast.SpendForecast;
import io.pentameter.statistics.interval.ClopperPearson;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Wilson;
import io.pentameter.statistics.monitoring.detector.BetGrid;
import io.pentameter.statistics.monitoring.detector.Direction;
import io.pentameter.statistics.monitoring.sequence.EmpiricalBernstein;
import io.pentameter.statistics.monitoring.sequence.HedgedBetting;
import io.pentameter.statistics.monitoring.sequence.RateSequence;
import io.pentameter.statistics.quantile.WeightedLogSketch;
import io.pentameter.statistics.quantile.WeightedQuantile;
import io.pentameter.statistics.sampling.Hajek;
import io.pentameter.statistics.sampling.HajekQuantile;
import io.pentameter.statistics.sampling.HorvitzThompson;
import io.pentameter.statistics.sampling.Inclusion;
import io.pentameter.statistics.sampling.PostStratified;
import io.pentameter.statistics.sampling.ProbabilitySample;
import io.pentameter.statistics.sampling.Scope;
import io.pentameter.statistics.sampling.StratifiedHajek;
import io.pentameter.statistics.slo.BurnWindow;
import io.pentameter.statistics.slo.QualityObjective;
import io.pentameter.statistics.slo.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Empty, single, equal, huge and tiny inputs: a defined answer that claims no more than is known. */
class DegenerateInputTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    /** One observation has no spread, which is not certainty. */
    @Test
    void oneObservationSaysLittle() {
        ProbabilitySample one = ProbabilitySample.of(new double[] {0.4}, new double[] {0.01});
        ProbabilitySample session =
                ProbabilitySample.clustered(new double[] {0.4, 0.6}, new double[] {0.1, 0.1}, List.of("s", "s"));

        Estimate mean = Hajek.mean(one, Scope.PERIOD, CONFIDENCE);
        Estimate rate = Hajek.rate(one, 1_000_000, Scope.PERIOD, CONFIDENCE);
        Estimate clustered = StratifiedHajek.mean(session, CONFIDENCE);

        assertThat(mean.value()).isEqualTo(0.4);
        assertThat(mean.standardError()).isInfinite();
        assertThat(mean.interval()).isEqualTo(Interval.EVERYTHING);
        assertThat(mean.warnsOf("single-observation")).isTrue();
        assertThat(rate.interval().width()).isGreaterThan(0.7);
        assertThat(rate.size().effective()).isOne();
        assertThat(clustered.standardError()).isInfinite();
        assertThat(clustered.interval()).isEqualTo(Interval.EVERYTHING);
    }

    @Test
    void oneObservationThatIsAllThereWasIsKnownForSure() {
        ProbabilitySample all = ProbabilitySample.of(new double[] {0.4}, new double[] {1});

        Estimate mean = Hajek.mean(all, Scope.PERIOD, CONFIDENCE);
        Estimate process = Hajek.mean(all, Scope.PROCESS, CONFIDENCE);
        Estimate session =
                StratifiedHajek.mean(List.of(new StratifiedHajek.Stratum(all, OptionalLong.of(1))), CONFIDENCE);

        assertThat(mean.interval()).isEqualTo(new Interval(0.4, 0.4));
        assertThat(mean.warnings()).isEmpty();
        assertThat(process.standardError()).isInfinite();
        assertThat(session.interval()).isEqualTo(new Interval(0.4, 0.4));
    }

    /** Thirty equal grades of one half do not prove that a million are. */
    @Test
    void equalValuesDoNotTellHowTheyVary() {
        double[] half = new double[30];
        Arrays.fill(half, 0.5);
        double[] tenth = new double[30];
        Arrays.fill(tenth, 0.1);

        Estimate rate = Hajek.rate(ProbabilitySample.of(half, tenth), 1_000_000, Scope.PERIOD, CONFIDENCE);

        assertThat(rate.standardError()).isZero();
        assertThat(rate.interval()).isEqualTo(Wilson.ofRate(0.5, 30, CONFIDENCE));
        Estimate graded = ((io.pentameter.statistics.calibration.Quality.Preliminary)
                        PpiPlusPlus.rate(new PredictedSample(half, half, new double[10_000]), 0, CONFIDENCE)
                                .gated())
                .debiased();
        assertThat(graded.interval()).isEqualTo(Wilson.ofRate(0.5, 30, CONFIDENCE));
    }

    @Test
    void hugeAndTinyValuesStayNumbers() {
        for (double scale : new double[] {1e-300, 1e-150, 1, 1e100}) {
            ProbabilitySample sample =
                    ProbabilitySample.of(new double[] {scale, 2 * scale, 4 * scale}, new double[] {0.5, 0.25, 1e-9});

            Estimate total = HorvitzThompson.total(sample, Scope.PERIOD, CONFIDENCE);
            Estimate mean = Hajek.mean(sample, Scope.PERIOD, CONFIDENCE);
            Estimate median = HajekQuantile.of(sample, 0.5, Scope.PERIOD, CONFIDENCE);

            assertThat(total.value()).isFinite().isPositive();
            assertThat(mean.value()).isBetween(scale, 4 * scale);
            assertThat(mean.interval().holds(mean.value())).isTrue();
            assertThat(median.value()).isEqualTo(4 * scale);
        }
    }

    @Test
    void ratesAreDefinedFromOneTrialToAThousandMillionMillions() {
        for (long n : new long[] {1, 2, 1_000_000_000L, 1_000_000_000_000_000L}) {
            for (long x : new long[] {0, n / 2, n}) {
                Interval wilson = Wilson.interval((double) x, (double) n, CONFIDENCE);
                Interval sequence =
                        RateSequence.tightestAt(1_000).of((double) x, n).interval();
                double rate = (double) x / n;

                assertThat(wilson.holds(rate)).isTrue();
                assertThat(sequence.low()).isLessThanOrEqualTo(wilson.low() + 1e-9);
                assertThat(sequence.high()).isGreaterThanOrEqualTo(wilson.high() - 1e-9);
                if (n <= 1_000_000_000L) {
                    assertThat(ClopperPearson.interval(x, n, CONFIDENCE).holds(rate))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void estimatesOfCountsCarryTheirPlainError() {
        double error = Math.sqrt(0.3 * 0.7 / 50);

        assertThat(Wilson.estimate(15, 50, CONFIDENCE).standardError()).isCloseTo(error, within(1e-15));
        assertThat(ClopperPearson.estimate(15, 50, CONFIDENCE).standardError()).isCloseTo(error, within(1e-15));
        assertThat(Wilson.estimate(15, 50, CONFIDENCE).size()).isEqualTo(SampleSize.simple(50));
        assertThat(ClopperPearson.estimate(15, 50, CONFIDENCE).size()).isEqualTo(SampleSize.simple(50));
    }

    @Test
    void sequencesAreDefinedFromTheFirstScoreOn() {
        for (double score : new double[] {0, 0.5, 1}) {
            HedgedBetting hedged = new HedgedBetting(CONFIDENCE);
            EmpiricalBernstein bernstein = new EmpiricalBernstein(CONFIDENCE);
            for (int t = 0; t < 5_000; t++) {
                if (t < 200) {
                    hedged.add(score);
                }
                bernstein.add(score);
                if (t == 0) {
                    assertThat(hedged.estimate().interval().width()).isGreaterThan(0.9);
                    assertThat(bernstein.estimate().interval()).isEqualTo(Interval.UNIT);
                }
            }
            assertThat(hedged.estimate().interval().holds(score)).isTrue();
            assertThat(hedged.estimate().interval().width()).isLessThan(0.2);
            assertThat(bernstein.estimate().interval().holds(score)).isTrue();
            assertThat(bernstein.estimate().interval().width()).isLessThan(0.1);
        }
    }

    @Test
    void agreementOfOneUnitOrOfPerfectRatersClaimsNothing() {
        UnitBootstrap bootstrap = UnitBootstrap.seeded(1);
        Ratings one = Ratings.ofUnits(List.of(new double[] {0, 1}), 1);
        Ratings perfect = Ratings.ofRaters(new double[] {0, 1, 0, 1}, new double[] {0, 1, 0, 1});
        double[][] agreed = {{5, 0}, {0, 5}};

        Estimate alone = KrippendorffAlpha.estimate(one, Distance.NOMINAL, bootstrap, CONFIDENCE);
        Estimate fleissAlone = FleissKappa.of(one, bootstrap, CONFIDENCE).estimate();

        assertThat(alone.standardError()).isInfinite();
        assertThat(alone.interval()).isEqualTo(new Interval(-1, 1));
        assertThat(fleissAlone.interval()).isEqualTo(new Interval(-1, 1));
        assertThat(GwetAc.of(perfect, Credit.IDENTITY, CONFIDENCE).estimate().warnsOf("error-degenerate"))
                .isTrue();
        assertThat(KrippendorffAlpha.estimate(perfect, Distance.NOMINAL, bootstrap, CONFIDENCE)
                        .warnsOf("error-degenerate"))
                .isTrue();
        assertThat(FleissKappa.of(perfect, bootstrap, CONFIDENCE).estimate().warnsOf("error-degenerate"))
                .isTrue();
        assertThat(CohenKappa.of(agreed, Credit.IDENTITY, CONFIDENCE).estimate().warnsOf("error-degenerate"))
                .isTrue();
        assertThat(CohenKappa.of(new double[][] {{5, 1}, {0, 5}}, Credit.IDENTITY, CONFIDENCE)
                        .estimate()
                        .warnings())
                .isEmpty();
        assertThat(Agreement.of(one, Distance.NOMINAL, bootstrap, CONFIDENCE).isRubricFit())
                .isFalse();
    }

    @Test
    void aBiasSeenOnOneAnswerIsNoFinding() {
        List<JudgeBias.Labelled> answers = List.of(
                new JudgeBias.Labelled(1, 0, 1), new JudgeBias.Labelled(0.5, 0.5, 1), new JudgeBias.Labelled(0, 0, 1));

        JudgeBias.Finding finding =
                JudgeBias.ofGroup("language=de", answers, answer -> answer.score() == 1, CONFIDENCE);

        assertThat(finding.estimate().value()).isEqualTo(1);
        assertThat(finding.pValue()).isOne();
        assertThat(finding.estimate().warnsOf("small-group")).isTrue();
    }

    @Test
    void thirtyLabelsOnEachSideAreEnoughToCompare() {
        List<JudgeBias.Labelled> answers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            answers.add(new JudgeBias.Labelled(i < 30 ? 0.9 : 0.8, i % 3 == 0 ? 0 : 1, 1));
        }

        assertThat(JudgeBias.ofGroup("g", answers, one -> one.score() > 0.85, CONFIDENCE)
                        .estimate()
                        .warnings())
                .isEmpty();
        assertThat(JudgeBias.ofGroup("g", answers.subList(1, 60), one -> one.score() > 0.85, CONFIDENCE)
                        .estimate()
                        .warnsOf("small-group"))
                .isTrue();
    }

    @Test
    void aMeanThatIsSurelyTheSupposedOneHasPValueOne() {
        PredictedSample equal = new PredictedSample(new double[] {1, 1, 1}, new double[] {1, 1, 1}, new double[] {1});

        assertThat(PpiPlusPlus.pValue(equal, 1)).isOne();
        assertThat(PpiPlusPlus.pValue(equal, 0.5)).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PpiPlusPlus.pValue(equal, Double.NaN))
                .withMessage("supposed must be a finite number: NaN");
    }

    @Test
    void weightsWhoseSumIsNoNumberAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedQuantile.of(new double[] {1, 2}, new double[] {1e308, 1e308}, 0))
                .withMessage("sum of weights must be 0 or more and finite: Infinity");
        WeightedLogSketch sketch = new WeightedLogSketch();
        sketch.add(1, 1e308);
        sketch.add(2, 1e308);
        assertThatIllegalArgumentException().isThrownBy(() -> sketch.quantile(0.5));
    }

    @Test
    void aMonthCannotBeProjectedFromOneDay() {
        SpendForecast one = SpendForecast.of(new double[] {40}, CONFIDENCE);
        SpendForecast three = SpendForecast.of(new double[] {40, 44, 36}, CONFIDENCE);
        double[] month = new double[30];
        Arrays.setAll(month, day -> 40 + day % 7);

        MonthEnd guess = MonthEnd.project(100, one, 10, 300, CONFIDENCE, 1);
        MonthEnd spent = MonthEnd.project(100, one, 10, 50, CONFIDENCE, 1);

        assertThat(guess.total().value()).isCloseTo(500, within(1e-6));
        assertThat(guess.total().interval()).isEqualTo(new Interval(100, Double.POSITIVE_INFINITY));
        assertThat(guess.total().standardError()).isInfinite();
        assertThat(guess.overBudget()).isNaN();
        assertThat(spent.overBudget()).isOne(); // the budget is spent already
        assertThat(MonthEnd.project(100, three, 10, 300, CONFIDENCE, 1).total().warnsOf("low-confidence"))
                .isTrue();
        assertThat(MonthEnd.project(100, SpendForecast.of(month, CONFIDENCE), 5, 300, CONFIDENCE, 1)
                        .total()
                        .warnings())
                .extracting("sentence")
                .containsExactly("30 days of history; with fewer than 56 the interval is somewhat too narrow.");
        assertThat(MonthEnd.project(100, one, 0, 300, CONFIDENCE, 1).total().warnings())
                .isEmpty();
    }

    @Test
    void aQualityTicketNeedsThirtyLabels() {
        QualityObjective objective = new QualityObjective(Target.of("0.95"));
        BurnWindow row = QualityObjective.ROWS.getFirst();

        assertThat(objective.judge(row, labelled(29), labelled(30))).isEqualTo(QualityObjective.Verdict.AT_RISK);
        assertThat(objective.judge(row, labelled(30), labelled(29))).isEqualTo(QualityObjective.Verdict.AT_RISK);
        assertThat(objective.judge(row, labelled(30), labelled(30))).isEqualTo(QualityObjective.Verdict.TICKET);
    }

    @Test
    void theWeightOfARequestIsThatOfTheThresholdThatDecides() {
        Inclusion tiny = new Inclusion(0x1.8p-55, List.of("baseline")); // three of 2^56 values
        Inclusion between = new Inclusion(0x1.2p-54, List.of("baseline")); // 4.5 of them are rounded to 5

        assertThat(tiny.weight()).isEqualTo(0x1p56 / 3);
        assertThat(between.weight()).isEqualTo(0x1p56 / 5);
        assertThat(new Inclusion(1, List.of("error")).weight()).isOne();
    }

    @Test
    void watchesOfTheJudgeBetAgainstTheUpperEndOfTheNoise() {
        Estimate floor = JudgeWatch.noiseFloor(30, 1_000, CONFIDENCE);

        assertThat(JudgeWatch.canaryBets(floor))
                .isEqualTo(new BetGrid(List.of(0.02, 0.05, 0.10, 0.20))
                        .againstRate(Direction.RISE, floor.interval().high()));
        assertThat(JudgeWatch.residualBets(Direction.DROP, 0.5, 0.02).lambdas()[4])
                .isCloseTo(Math.min(0.1 / (0.02 + 0.01), 0.9 / 0.5), within(1e-12));
        // nothing was graded twice: no rise can be told, and none is
        assertThat(JudgeWatch.canaryBets(JudgeWatch.noiseFloor(0, 0, CONFIDENCE))
                        .logFactor(0, 1))
                .isLessThanOrEqualTo(0);
    }

    @Test
    void aClassOfOneOrNoneIsDefined() {
        Estimate one =
                PostStratified.rate(List.of(new PostStratified.RateStratum(1_000_000, 1, 1)), Scope.PERIOD, CONFIDENCE);

        assertThat(one.value()).isOne();
        assertThat(one.interval().low()).isLessThan(0.3);
        assertThat(one.standardError()).isCloseTo(0.5, within(1e-6));
    }

    private static Estimate labelled(long labels) {
        return new Estimate(
                0.7,
                0.02,
                new Interval(0.65, 0.75),
                CONFIDENCE,
                "post-stratified-ppi-mover-wilson",
                new SampleSize(1_000, 500, labels),
                List.of());
    }
}
