package io.pentameter.statistics.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.monitoring.baseline.Baseline;
import io.pentameter.statistics.monitoring.baseline.Cell;
import io.pentameter.statistics.monitoring.baseline.HourOfWeek;
import io.pentameter.statistics.monitoring.baseline.Moments;
import io.pentameter.statistics.monitoring.change.ChangeEvent;
import io.pentameter.statistics.monitoring.change.ChangeTimeSet;
import io.pentameter.statistics.monitoring.change.ChangeWindow;
import io.pentameter.statistics.monitoring.change.EventAssociation;
import io.pentameter.statistics.monitoring.detector.BetGrid;
import io.pentameter.statistics.monitoring.detector.Bets;
import io.pentameter.statistics.monitoring.detector.CalendarDetector;
import io.pentameter.statistics.monitoring.detector.Direction;
import io.pentameter.statistics.monitoring.detector.HourOfUnits;
import io.pentameter.statistics.monitoring.detector.ObservationDetector;
import io.pentameter.statistics.monitoring.detector.Recovery;
import io.pentameter.statistics.monitoring.multiplicity.AdjustedPValues;
import io.pentameter.statistics.monitoring.multiplicity.AlarmBudget;
import io.pentameter.statistics.monitoring.sequence.BetaBinomialMixture;
import io.pentameter.statistics.monitoring.sequence.DistributionBound;
import io.pentameter.statistics.monitoring.sequence.EmpiricalBernstein;
import io.pentameter.statistics.monitoring.sequence.GammaExponentialMixture;
import io.pentameter.statistics.monitoring.sequence.GammaPoissonMixture;
import io.pentameter.statistics.monitoring.sequence.HedgedBetting;
import io.pentameter.statistics.monitoring.sequence.QuantileBound;
import io.pentameter.statistics.monitoring.sequence.RateSequence;
import io.pentameter.statistics.monitoring.sequence.StitchedBound;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Errors, ends of ranges and rare ways, by hand. */
class MonitoringDetailTest {

    @Test
    void sequencesCarryTheErrorOfTheirMean() {
        double[] scores = {1, 0, 0.5, 0.25};
        HedgedBetting hedged = new HedgedBetting(Confidence.NINETY_FIVE);
        EmpiricalBernstein bernstein = new EmpiricalBernstein(Confidence.NINETY_FIVE);
        double sum = 0;
        double squares = 0;
        for (int t = 1; t <= scores.length; t++) {
            hedged.add(scores[t - 1]);
            bernstein.add(scores[t - 1]);
            sum += scores[t - 1];
            squares += Math.pow(scores[t - 1] - (0.5 + sum) / (t + 1), 2);
        }

        assertThat(hedged.estimate().value()).isCloseTo(0.4375, within(1e-12));
        assertThat(hedged.estimate().standardError()).isCloseTo(Math.sqrt(squares) / 4, within(1e-12));
        assertThat(bernstein.estimate().standardError()).isCloseTo(Math.sqrt(squares) / 4, within(1e-12));
        Estimate rate = RateSequence.tightestAt(100).of(30, 40);
        assertThat(rate.standardError()).isCloseTo(Math.sqrt(0.75 * 0.25 / 40), within(1e-12));
    }

    @Test
    void gridsForRatesAreMultiplesOfTheBaseline() {
        BetGrid grid = BetGrid.relativeTo(0.05);

        assertThat(grid.deltas().stream().mapToDouble(Double::doubleValue).toArray())
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(0.01, 0.025, 0.05, 0.1, 0.2);
        assertThat(grid.size()).isEqualTo(5);
        assertThat(new BetGrid(List.of(0.1, 0.2))).hasToString("BetGrid[0.1, 0.2]");
        assertThat(new BetGrid(List.of(.1, .1, .1, .1, .1, .1, .1, .1)).size()).isEqualTo(BetGrid.MAX);
        assertRefused(() -> new BetGrid(List.of()), "deltas must be 1 to 8: 0");
        assertRefused(() -> new BetGrid(List.of(.1, .1, .1, .1, .1, .1, .1, .1, .1)), "deltas must be 1 to 8: 9");
        assertRefused(() -> BetGrid.unitsToDetect(0.1, 1, 0.1), "threshold must be above 1: 1.0");
        Bets bets = grid.againstRate(Direction.RISE, 0.06);
        assertThat(bets).hasSameHashCodeAs(grid.againstRate(Direction.RISE, 0.06));
        assertThat(bets.hashCode())
                .isNotEqualTo(grid.againstRate(Direction.RISE, 0.07).hashCode());
        assertThat(bets.toString()).startsWith("Bets[RISE, mean=0.06, lambdas=[");
        assertThat(bets).isNotEqualTo(grid.againstRate(Direction.DROP, 0.06));
    }

    @Test
    void detectorsTakeOneToEightBets() {
        assertThat(new ObservationDetector(1).level()).isZero();
        assertThat(new ObservationDetector(8).level()).isZero();
        assertThat(CalendarDetector.startingAt(0, 1).level()).isZero();
        assertThat(CalendarDetector.startingAt(0, 8).level()).isZero();
        assertRefused(() -> new ObservationDetector(9), "bets must be in 1..8: 9");
        assertRefused(() -> CalendarDetector.startingAt(0, 0), "bets must be in 1..8: 0");
        assertRefused(() -> CalendarDetector.startingAt(0, 9), "bets must be in 1..8: 9");
        Bets five = BetGrid.POINTS.againstRate(Direction.DROP, 0.9);
        assertRefused(
                () -> new ObservationDetector(4).offer(1, 0, five),
                "bets of the detector and bets given must have the same length: 4 and 5");
        assertRefused(
                () -> CalendarDetector.startingAt(0, 4).then(CalendarDetector.startingAt(0, 5)),
                "bets of the detector and bets given must have the same length: 4 and 5");
        assertRefused(() -> new ObservationDetector(4).alarms(0), "thresholdUnits must be above 0: 0.0");
        for (int bets : new int[] {1, 8}) {
            assertThat(ObservationDetector.fromBytes(new ObservationDetector(bets).toBytes())
                            .toBytes())
                    .isEqualTo(new ObservationDetector(bets).toBytes());
            CalendarDetector calendar = CalendarDetector.startingAt(3, bets);
            assertThat(CalendarDetector.fromBytes(calendar.toBytes()))
                    .isEqualTo(calendar)
                    .hasSameHashCodeAs(calendar);
        }
        CalendarDetector quiet = CalendarDetector.startingAt(0, 5);
        assertThat(quiet).hasToString("CalendarDetector[hours=0..0, units=0, level=0.0]");
        assertThat(quiet).isNotEqualTo(CalendarDetector.startingAt(1, 5)).isNotEqualTo("quiet");
        assertThat(new ObservationDetector(1))
                .hasToString("ObservationDetector[lastSequence=0, levels=[0.0], level=0.0]");
    }

    /** With null 1/2 and one bet, a failure has factor 1 + λ/2: levels that are exact in doubles. */
    @Test
    void anAlarmIsAtTheThresholdItself() {
        // variance 0.1875, delta 0.25: lambda = 0.25 / 0.25 = 1
        Bets bets = new BetGrid(List.of(0.25)).against(Direction.DROP, 0.5, 0.1875);
        ObservationDetector detector = new ObservationDetector(1);
        detector.offer(1, 0, bets);

        assertThat(detector.level(0)).isCloseTo(1.5, within(1e-15));
        assertThat(detector.alarms(1.5)).isTrue();
        assertThat(detector.alarms(Math.nextUp(1.5))).isFalse();
    }

    @Test
    void refusedUnitsOfShardsAddUp() {
        HourOfUnits one = new HourOfUnits(1);
        HourOfUnits other = new HourOfUnits(1);
        one.offer("a", 1);
        one.offer("b", 1);
        other.offer("a", 1);
        other.offer("c", 1);
        other.offer("d", 1);

        one.merge(other);

        assertThat(one.refused()).isEqualTo(3);
        assertThat(one.units()).containsExactly(Map.entry("a", 1.0));
    }

    @Test
    void incidentsEndAtTheirLimits() {
        Recovery recovery = new Recovery(2, 0.25);
        Interval wide = new Interval(0.75, 1);

        assertThat(recovery.isRecovered(List.of(wide, wide), 0.9)).isTrue(); // exactly as wide as allowed, exactly two
        assertThat(recovery.isRecovered(List.of(wide), 0.9)).isFalse();
        assertThat(recovery.isRecovered(List.of(wide, new Interval(0.7, 1)), 0.9))
                .isFalse();
    }

    @Test
    void theVarianceOfABaselineIsPooledWithinItsCells() {
        Map<HourOfWeek, Moments> hours = new HashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            hours.put(new HourOfWeek(day, 9), Moments.of(0.4, 0.6, 0.5));
        }
        hours.put(new HourOfWeek(DayOfWeek.SATURDAY, 3), Moments.of(0.2));

        Cell busy = Baseline.of(hours).at(new HourOfWeek(DayOfWeek.MONDAY, 9));
        Cell weekend = Baseline.of(hours).at(new HourOfWeek(DayOfWeek.SUNDAY, 9));
        Baseline single = Baseline.of(Map.of(
                new HourOfWeek(DayOfWeek.MONDAY, 1),
                Moments.of(0.1),
                new HourOfWeek(DayOfWeek.MONDAY, 2),
                Moments.of(0.3)));

        // squares 0.02 in each of seven cells over 14 degrees of freedom; steadied by twenty of the same
        assertThat(busy.variance()).isCloseTo(0.01, within(1e-12));
        assertThat(weekend.variance()).isCloseTo(0.01, within(1e-12));
        // no cell has two units: the spread around the whole's mean
        assertThat(single.at(new HourOfWeek(DayOfWeek.MONDAY, 1)).variance()).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void equallyNearEventsAreOrderedByTypeAndId() {
        Instant at = Instant.EPOCH;
        ChangeWindow window = new ChangeWindow(at, at, at.plusSeconds(3_600));
        ChangeEvent deployB = new ChangeEvent("deploy", "b", at);
        ChangeEvent deployA = new ChangeEvent("deploy", "a", at);
        ChangeEvent config = new ChangeEvent("config", "z", at);
        List<EventAssociation.Candidate> ranked =
                EventAssociation.rank(window, List.of(deployB, config, deployA), Map.of("deploy", 0.1, "config", 0.1));

        assertThat(ranked).extracting(EventAssociation.Candidate::event).containsExactly(config, deployA, deployB);
        // 15 minutes before and an hour: p = 1 - exp(-0.1 * 1.25), twice for two types
        assertThat(ranked.getFirst().chance()).isCloseTo(1 - Math.exp(-0.125), within(1e-12));
        assertThat(ranked.getFirst().adjusted()).isCloseTo(2 * (1 - Math.exp(-0.125)), within(1e-12));
        assertThat(EventAssociation.rank(window, List.of(deployA), Map.of())
                        .getFirst()
                        .chance())
                .isOne();
    }

    @Test
    void theChangeSetNeedsTenUnitsAndTakesTheEarliestOfEqualMaxima() {
        double[] ten = new double[10];
        Arrays.fill(ten, 0.5);

        ChangeTimeSet set = ChangeTimeSet.ofScores(ten, 0.5, 1);

        assertThat(set).isEqualTo(new ChangeTimeSet(0, 0, 0, 0));
        double[] twelve = new double[12];
        Arrays.fill(twelve, 0.5);
        assertThat(ChangeTimeSet.ofScores(twelve, 0.5, 1)).isEqualTo(new ChangeTimeSet(0, 0, 2, 0));
        assertRefused(() -> ChangeTimeSet.ofScores(new double[9], 0.5, 1), "scores must be 10 or more: 9");
    }

    @Test
    void valuesAtTheEndsOfMixturesAreDefined() {
        BetaBinomialMixture mixture = BetaBinomialMixture.twoSided(10, 0.3, 0.7, 0.05);

        assertThat(mixture.logValue(10 / 0.3, 10)).isFinite();
        assertThat(mixture.logValue(-10 / 0.7, 10)).isFinite();
        assertThatIllegalArgumentException().isThrownBy(() -> mixture.logValue(10 / 0.3 + 0.01, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> mixture.logValue(-10 / 0.7 - 0.01, 10));
        // tuned for so short a time that only the least prior is left
        assertThat(BetaBinomialMixture.oneSided(1e-6, 0.3, 0.7, 0.05).bound(5, 0.05))
                .isPositive()
                .isFinite();
        assertThat(GammaExponentialMixture.tunedFor(10, 1, 0.05).logValue(-1_000, 10))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(GammaPoissonMixture.tunedFor(10, 1, 0.05).logValue(-1_000, 10))
                .isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(new DistributionBound(0.05, 1, 0.85).bound(1)).isFinite();
        assertThat(new DistributionBound(0.05, 10, 0.85).bound(9.99)).isInfinite();
        assertThat(new DistributionBound(0.05, 10, 0.85).bound(10)).isFinite();
        assertRefused(
                () -> new DistributionBound(0.05, Double.POSITIVE_INFINITY, 0.85), "tMin must be 1 or more: Infinity");
        assertRefused(() -> new DistributionBound(0.05, 1, 100), "scale must be above 0.7072 and below 100: 100.0");
        assertRefused(() -> new QuantileBound(1, 0.5, 1, 2), "s must be above 1 and finite: 1.0");
        assertRefused(() -> new QuantileBound(1, 0.5, 1.4, 1), "eta must be above 1 and finite: 1.0");
        assertRefused(() -> new QuantileBound(0.9, 0.5, 1.4, 2), "tOpt must be 1 or more: 0.9");
        assertThat(new QuantileBound(1, 0.5, 1.4, 2).bound(0.5, 10, 0.05)).isPositive();
        assertRefused(() -> new StitchedBound(1, 0, 1.4, 1), "eta must be above 1 and finite: 1.0");
        assertRefused(
                () -> new StitchedBound(1, 0, Double.POSITIVE_INFINITY, 2), "s must be above 1 and finite: Infinity");
    }

    @Test
    void adjustedPValuesAreCheckedAndCountedInclusively() {
        assertRefused(() -> AdjustedPValues.bonferroni(0.5, 1.5), "p must be in 0.0..1.0: 1.5");
        assertThat(AdjustedPValues.rejected(new double[] {0.01, 0.05, 0.06}, 0.05))
                .isEqualTo(2);
        assertRefused(
                () -> new AlarmBudget(30).thresholds(1e308, 1e308),
                "weights must have a positive, finite sum: Infinity");
        assertThat(new AlarmBudget(30).thresholds()).isEmpty();
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
}
