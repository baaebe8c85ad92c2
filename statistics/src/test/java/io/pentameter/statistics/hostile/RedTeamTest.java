package io.pentameter.statistics.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.calibration.JudgeOnly;
import io.pentameter.statistics.calibration.LabelCell;
import io.pentameter.statistics.calibration.PostStratifiedPpi;
import io.pentameter.statistics.calibration.PostStratifiedPpi.LabelDesign;
import io.pentameter.statistics.calibration.PpiPlusPlus;
import io.pentameter.statistics.calibration.PredictedSample;
import io.pentameter.statistics.calibration.Quality;
import io.pentameter.statistics.calibration.RoganGladen;
import io.pentameter.statistics.calibration.StratifiedPpi;
import io.pentameter.statistics.calibration.TwoPhase;
import io.pentameter.statistics.calibration.VerdictClass;
import io.pentameter.statistics.drift.DriftRule;
import io.pentameter.statistics.forecast.BudgetAlert;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import io.pentameter.statistics.interval.Wilson;
import io.pentameter.statistics.monitoring.detector.BetGrid;
import io.pentameter.statistics.monitoring.detector.Bets;
import io.pentameter.statistics.monitoring.detector.CalendarDetector;
import io.pentameter.statistics.monitoring.detector.Direction;
import io.pentameter.statistics.monitoring.detector.Feed;
import io.pentameter.statistics.monitoring.detector.HourEvidence;
import io.pentameter.statistics.quantile.TailRule;
import io.pentameter.statistics.sampling.Hajek;
import io.pentameter.statistics.sampling.PrioritySampling;
import io.pentameter.statistics.sampling.ProbabilitySample;
import io.pentameter.statistics.sampling.Scope;
import io.pentameter.statistics.sampling.SlotBudget;
import io.pentameter.statistics.slo.BurnAlert;
import io.pentameter.statistics.slo.BurnPolicy;
import io.pentameter.statistics.slo.BurnWindow;
import io.pentameter.statistics.slo.EventCounts;
import io.pentameter.statistics.slo.EvidenceGate;
import io.pentameter.statistics.slo.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tier 4 of the verification plan: the cases that make naive code show a wrong number, end to end. */
class RedTeamTest {

    private static final Confidence CONFIDENCE = Confidence.NINETY_FIVE;

    @Test
    void aJudgeWhoseErrorsAddUpToOneIsUninformative() {
        for (double specificity : new double[] {0, 0.3, 0.5, 1}) {
            RoganGladen.Accuracy coin = new RoganGladen.Accuracy(specificity, 400, 1 - specificity, 400);

            Quality quality = RoganGladen.estimate(0.7, 5_000, coin, CONFIDENCE).gated();

            assertThat(quality).isInstanceOf(Quality.Uncalibrated.class);
            assertThat(((Quality.Uncalibrated) quality).reasons())
                    .extracting(Warning::code)
                    .containsExactly("judge-uninformative");
            assertThat(quality.judgeOnly().toString()).contains("uncalibrated");
        }
    }

    /** Labels of the same period need no such block: a coin leaves exactly what the labels say. */
    @Test
    void aCoinAddsNothingToTheLabels() {
        // the judge passes half of the passes and half of the failures
        VerdictClass coin = VerdictClass.single(10_000, 5_000, new LabelCell(100, 80), new LabelCell(100, 80));

        Estimate corrected = shown(PostStratifiedPpi.estimate(List.of(coin), LabelDesign.RANDOM, CONFIDENCE)
                .gated());

        assertThat(corrected.value()).isCloseTo(0.8, within(1e-12));
        assertThat(corrected.interval().width())
                .isCloseTo(Wilson.interval(160, 200, CONFIDENCE).width(), within(0.01));
    }

    @Test
    void aHumanCellInWhichAllPassStaysUncertain() {
        VerdictClass allPass = VerdictClass.single(1_000, 900, new LabelCell(60, 60), new LabelCell(60, 60));

        Estimate estimate = shown(PostStratifiedPpi.estimate(List.of(allPass), LabelDesign.BY_VERDICT, CONFIDENCE)
                .gated());

        assertThat(estimate.value()).isEqualTo(1);
        assertThat(estimate.interval().high()).isEqualTo(1);
        assertThat(estimate.interval().low()).isBetween(0.90, 0.97);
    }

    @Test
    void withoutALabelThereIsNoCorrectedNumberByAnyMethod() {
        PredictedSample unlabelled = new PredictedSample(new double[0], new double[0], new double[] {1, 1, 0});
        VerdictClass judged = VerdictClass.single(3, 2, LabelCell.EMPTY, LabelCell.EMPTY);
        TwoPhase.Answer answer = new TwoPhase.Answer(1, 0.5, Optional.empty(), 0.2, "s");

        List<Quality> qualities = List.of(
                PostStratifiedPpi.estimate(List.of(judged), LabelDesign.RANDOM, CONFIDENCE)
                        .gated(),
                PpiPlusPlus.rate(unlabelled, CONFIDENCE).gated(),
                StratifiedPpi.rate(List.of(new StratifiedPpi.Stratum(1, unlabelled)), CONFIDENCE)
                        .gated(),
                TwoPhase.rate(List.of(answer), CONFIDENCE).gated());

        assertThat(qualities).allSatisfy(quality -> {
            assertThat(quality).isInstanceOf(Quality.Uncalibrated.class);
            assertThat(quality.word()).isEqualTo("uncalibrated");
            assertThat(((Quality.Uncalibrated) quality).reasons())
                    .extracting(Warning::sentence)
                    .contains("There are 0 human labels; 30 are needed.");
        });
    }

    /** Nor can a caller make the state that would show one. */
    @Test
    void nobodyCanShowTwentyNineLabels() {
        Estimate tooFew =
                new Estimate(0.9, 0.1, Interval.UNIT, CONFIDENCE, "any", new SampleSize(1_000, 29, 29), List.of());

        assertThatThrownBy(() -> new Quality.Preliminary(new JudgeOnly(0.9, 1_000), tooFew, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels must be 30 or more: 29");
    }

    @Test
    void whereEverythingIsJudgedNothingIsLeftToSampling() {
        double[] values = {1, 0, 1, 1, 1};
        ProbabilitySample all = ProbabilitySample.of(values, new double[] {1, 1, 1, 1, 1});
        VerdictClass census = new VerdictClass(400, 400, 320, true, new LabelCell(50, 10), new LabelCell(50, 45));
        VerdictClass sample = new VerdictClass(400, 400, 320, false, new LabelCell(50, 10), new LabelCell(50, 45));

        assertThat(Hajek.rate(all, 5, Scope.PERIOD, CONFIDENCE).interval()).isEqualTo(new Interval(0.8, 0.8));
        Interval exact = shown(PostStratifiedPpi.estimate(List.of(census), LabelDesign.RANDOM, CONFIDENCE)
                        .gated())
                .interval();
        Interval sampled = shown(PostStratifiedPpi.estimate(List.of(sample), LabelDesign.RANDOM, CONFIDENCE)
                        .gated())
                .interval();
        assertThat(exact.width()).isLessThan(sampled.width()).isGreaterThan(0.1);
    }

    @Test
    void aTenantWithThreeRequestsADayIsNeitherPagedNorToldWhatNobodyKnows() {
        Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.95);
        CalendarDetector detector = CalendarDetector.startingAt(0, 5);
        for (int day = 0; day < 365; day++) {
            HourEvidence evidence = new HourEvidence(bets);
            evidence.add(1, 3);
            detector = detector.closeHour(day * 24L + 12, evidence);
        }
        HourEvidence bad = new HourEvidence(bets);
        bad.add(0, 1);
        bad.add(1, 2);
        CalendarDetector afterOneFailure = detector.closeHour(detector.nextHour(), bad);
        BurnWindow fast = BurnPolicy.of(Duration.ofDays(30)).rows().getFirst();
        BurnAlert alert = new BurnAlert(Target.of("0.999"), EvidenceGate.DEFAULT);
        double[] certain = {0.005, 0.005, 1};

        assertThat(afterOneFailure.alarms(365)).isFalse();
        assertThat(Feed.DEFAULT.isStarved(3, 1)).isTrue();
        assertThat(alert.judge(fast, new EventCounts(1, 3), new EventCounts(1, 1)))
                .isEqualTo(BurnAlert.Verdict.TOO_LITTLE_EVIDENCE);
        assertThat(Target.of("0.999").refusalFor(90))
                .hasValue("A target of 0.999 needs at least 1000 events in the period: 90");
        assertThat(TailRule.DEFAULT.allows(0.95, 90)).isFalse();
        assertThat(DriftRule.DEFAULT.judge(1e-9, 0.9, 90)).isEqualTo(DriftRule.Verdict.TOO_FEW_REQUESTS);
        assertThat(Wilson.interval(3, 3, CONFIDENCE).low()).isLessThan(0.5);
        assertThat(PrioritySampling.select(
                                certain, new double[] {0.5, 0.6, 0.7}, 1, PrioritySampling.Spending.NOT_BEYOND_RULES)
                        .keptCount())
                .isOne();
        assertThat(new SlotBudget(1, 0, 0, 3).available(2, 0)).isOne();
        BudgetAlert.Reading triple = new BudgetAlert.Reading(
                new BigDecimal("0.03"), new BigDecimal("0.01"), new BigDecimal("0.02"), new BigDecimal("1"));
        assertThat(BudgetAlert.DEFAULT.sounds(List.of(triple, triple))).isFalse();
    }

    @Test
    void aScoreBeyondItsRangeNeverEntersAnything() {
        for (double score : new double[] {-1e-9, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY}) {
            Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.9);
            HourEvidence evidence = new HourEvidence(bets);

            assertThatThrownBy(() -> evidence.add(score))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("x must be in 0.0..1.0: " + score);
            assertThat(evidence.units()).isZero();
            assertThat(Arrays.stream(new int[] {0, 1, 2, 3, 4}).mapToDouble(evidence::logFactor))
                    .containsOnly(0.0);
        }
    }

    private static Estimate shown(Quality quality) {
        return switch (quality) {
            case Quality.Calibrated calibrated -> calibrated.debiased();
            case Quality.Preliminary preliminary -> preliminary.debiased();
            case Quality.Uncalibrated uncalibrated -> throw new AssertionError("not shown: " + uncalibrated.reasons());
        };
    }
}
