package io.pentameter.statistics.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.monitoring.change.ChangeTimeSet;
import io.pentameter.statistics.monitoring.change.VersionContrast;
import io.pentameter.statistics.monitoring.comparison.CusumRunLength;
import io.pentameter.statistics.monitoring.detector.BetGrid;
import io.pentameter.statistics.monitoring.detector.Bets;
import io.pentameter.statistics.monitoring.detector.CalendarDetector;
import io.pentameter.statistics.monitoring.detector.Direction;
import io.pentameter.statistics.monitoring.detector.HourEvidence;
import io.pentameter.statistics.monitoring.detector.ObservationDetector;
import io.pentameter.statistics.monitoring.multiplicity.AdjustedPValues;
import io.pentameter.statistics.monitoring.multiplicity.EValues;
import io.pentameter.statistics.monitoring.sequence.AsymptoticSequence;
import io.pentameter.statistics.monitoring.sequence.EmpiricalBernstein;
import io.pentameter.statistics.monitoring.sequence.HedgedBetting;
import io.pentameter.statistics.monitoring.sequence.HoeffdingSequence;
import io.pentameter.statistics.monitoring.sequence.RateSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sequences, detectors and corrections against numpy, scipy and brute force. */
class IndependentMonitoringTest {

    @Test
    @DisplayName("sequences-numpy")
    void sequences() {
        PublishedCase independent = PublishedCase.of("independent", "sequences-numpy");
        double[] scores = PublishedCase.numbers(independent.input().path("x"));
        HedgedBetting hedged = new HedgedBetting(Confidence.NINETY_FIVE);
        EmpiricalBernstein bernstein = new EmpiricalBernstein(Confidence.NINETY_FIVE);
        int compared = 0;
        for (int t = 1; t <= scores.length; t++) {
            hedged.add(scores[t - 1]);
            bernstein.add(scores[t - 1]);
            JsonNode expected = independent.expected().path(String.valueOf(t));
            if (!expected.isMissingNode()) {
                compared++;
                assertClose(hedged.estimate().interval(), expected.path("hedged"));
                assertClose(bernstein.estimate().interval(), expected.path("bernstein"));
            }
        }
        assertThat(compared).isEqualTo(4);
    }

    @Test
    @DisplayName("rate-sequence-brentq")
    void rates() {
        PublishedCase independent = PublishedCase.of("independent", "rate-sequence-brentq");
        for (JsonNode row : independent.expected()) {
            RateSequence sequence = RateSequence.tightestAt(row.path("t_opt").doubleValue());

            Interval interval = sequence.of(
                            row.path("k").doubleValue(), row.path("n").longValue())
                    .interval();

            assertThat(interval.low()).isCloseTo(row.path("lo").doubleValue(), within(independent.tolerance()));
            assertThat(interval.high()).isCloseTo(row.path("hi").doubleValue(), within(independent.tolerance()));
        }
    }

    @Test
    @DisplayName("e-sr-by-hand")
    void detectors() {
        PublishedCase independent = PublishedCase.of("independent", "e-sr-by-hand");
        double mean = independent.input().path("m").doubleValue();
        double variance = independent.input().path("v").doubleValue();
        Bets bets = BetGrid.POINTS.against(Direction.DROP, mean, variance);
        Bets upward = BetGrid.POINTS.against(Direction.RISE, mean, variance);
        ObservationDetector observation = new ObservationDetector(5);
        ObservationDetector rise = new ObservationDetector(5);
        long sequence = 0;
        for (double unit : PublishedCase.numbers(independent.input().path("units"))) {
            sequence++;
            observation.offer(sequence, unit, bets);
            rise.offer(sequence, unit, upward);
        }
        CalendarDetector calendar = CalendarDetector.startingAt(1000, 5);
        for (JsonNode hour : independent.input().path("hours")) {
            HourEvidence evidence = new HourEvidence(bets);
            Arrays.stream(PublishedCase.numbers(hour)).forEach(evidence::add);
            calendar = calendar.closeHour(calendar.nextHour(), evidence);
        }

        assertNear(independent, "observation", observation.level());
        assertNear(independent, "rise", rise.level());
        assertNear(independent, "calendar", calendar.level());
        double[] components = PublishedCase.numbers(independent.expected().path("components"));
        for (int k = 0; k < components.length; k++) {
            assertThat(observation.level(k)).isCloseTo(components[k], withinPercentage(1e-8));
        }
    }

    @Test
    @DisplayName("multiplicity-scipy")
    void multiplicity() {
        PublishedCase independent = PublishedCase.of("independent", "multiplicity-scipy");
        double[] p = PublishedCase.numbers(independent.input().path("p"));
        double[] e = PublishedCase.numbers(independent.input().path("e"));

        assertThat(AdjustedPValues.benjaminiHochberg(p))
                .usingComparatorWithPrecision(independent.tolerance())
                .containsExactly(PublishedCase.numbers(independent.expected().path("bh")));
        assertThat(AdjustedPValues.benjaminiYekutieli(p))
                .usingComparatorWithPrecision(independent.tolerance())
                .containsExactly(PublishedCase.numbers(independent.expected().path("by")));
        assertThat(EValues.benjaminiHochberg(
                                e, independent.input().path("alpha").doubleValue())
                        .stream()
                        .mapToDouble(Integer::doubleValue)
                        .sorted())
                .containsExactly(Arrays.stream(
                                PublishedCase.numbers(independent.expected().path("ebh")))
                        .boxed()
                        .toArray(Double[]::new));
    }

    @Test
    @DisplayName("change-time-brute-force")
    void changeTime() {
        PublishedCase independent = PublishedCase.of("independent", "change-time-brute-force");

        ChangeTimeSet set = ChangeTimeSet.ofRates(
                PublishedCase.numbers(independent.input().path("scores")),
                independent.input().path("baseline").doubleValue());

        assertThat(set.first()).isEqualTo(independent.expected().path("first").intValue());
        assertThat(set.best()).isEqualTo(independent.expected().path("best").intValue());
        assertThat(set.last()).isEqualTo(independent.expected().path("last").intValue());
        assertNear(independent, "strength", set.strength());
    }

    @Test
    @DisplayName("cusum-markov-chain")
    void cusum() {
        PublishedCase independent = PublishedCase.of("independent", "cusum-markov-chain");
        for (JsonNode row : independent.expected()) {
            double length = CusumRunLength.twoSided(
                    row.path("k").doubleValue(),
                    row.path("h").doubleValue(),
                    row.path("mu").doubleValue());

            assertThat(length).isCloseTo(row.path("arl").doubleValue(), withinPercentage(0.01));
        }
    }

    @Test
    @DisplayName("version-contrast-numpy")
    void versions() {
        PublishedCase independent = PublishedCase.of("independent", "version-contrast-numpy");
        List<VersionContrast.Stratum> strata = new ArrayList<>();
        for (JsonNode row : independent.input().path("strata")) {
            strata.add(new VersionContrast.Stratum(
                    row.get(0).textValue(),
                    row.get(1).doubleValue(),
                    row.get(2).longValue(),
                    row.get(3).longValue(),
                    row.get(4).longValue(),
                    row.get(5).longValue()));
        }

        Estimate contrast = VersionContrast.of(strata, Confidence.NINETY_FIVE);

        assertNear(independent, "difference", contrast.value());
        assertNear(independent, "se", contrast.standardError());
        assertThat(contrast.size().n())
                .isEqualTo(independent.expected().path("n").longValue());
        assertThat(contrast.warnings())
                .extracting("sentence")
                .containsExactly("10.0 % of the traffic has an intent that only one version saw; it is left out.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VersionContrast.Stratum("a", 1, 0, 0, 3, 2))
                .withMessage("newGood must be in 0..2: 3");
    }

    @Test
    @DisplayName("hoeffding-and-asymptotic-by-hand")
    void comparisonSequences() {
        PublishedCase independent = PublishedCase.of("independent", "hoeffding-and-asymptotic-by-hand");
        HoeffdingSequence hoeffding = new HoeffdingSequence(Confidence.NINETY_FIVE);
        assertThat(hoeffding.estimate().isKnown()).isFalse();
        double[] scores = PublishedCase.numbers(independent.input().path("x"));
        Arrays.stream(scores).forEach(hoeffding::add);
        AsymptoticSequence asymptotic = new AsymptoticSequence(
                Confidence.NINETY_FIVE, independent.input().path("tightest").intValue());
        assertThat(asymptotic.twoSided().isKnown()).isFalse();
        int batches = 0;
        for (JsonNode batch : independent.input().path("batches")) {
            asymptotic.add(batch.get(0).doubleValue(), batch.get(1).doubleValue());
            batches++;
            assertThat(asymptotic.twoSided().warnsOf("tuning-guessed")).isEqualTo(batches < 2);
        }

        assertNear(independent, "mean", hoeffding.estimate().value());
        assertThat(hoeffding.estimate().standardError()).isCloseTo(0.5 / Math.sqrt(scores.length), within(1e-12));
        assertClose(hoeffding.estimate().interval(), independent.expected().path("hoeffding"));
        assertClose(asymptotic.twoSided().interval(), independent.expected().path("asymptotic"));
        assertNear(independent, "asymptotic_se", asymptotic.twoSided().standardError());
    }

    private static void assertClose(Interval interval, JsonNode ends) {
        assertThat(interval.low()).isCloseTo(ends.get(0).doubleValue(), within(1e-9));
        assertThat(interval.high()).isCloseTo(ends.get(1).doubleValue(), within(1e-9));
    }

    private static void assertNear(PublishedCase independent, String name, double actual) {
        assertThat(actual).as(name).isCloseTo(independent.expected().path(name).doubleValue(), withinPercentage(1e-8));
    }
}
