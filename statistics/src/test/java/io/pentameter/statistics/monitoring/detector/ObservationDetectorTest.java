package io.pentameter.statistics.monitoring.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.monitoring.comparison.ECusum;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ObservationDetectorTest {

    private static final double PHI = 0.618_033_988_749_894_9;

    @Test
    @DisplayName("e-detector-path")
    void followsThePublishedPath() {
        PublishedCase published = PublishedCase.of("08_change_detection", "e-detector-path");
        Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.7);
        double[] lambdas = PublishedCase.numbers(published.input().path("lambda_"));
        for (int k = 0; k < 5; k++) {
            assertThat(bets.lambdas()[k]).isCloseTo(lambdas[k], within(1e-12));
        }
        ObservationDetector detector = new ObservationDetector(5);
        ECusum cusum = new ECusum(5);
        int compared = 0;
        for (int t = 1; t <= 500; t++) {
            double x = t <= 300 ? (t * PHI % 1 < 0.7 ? 1 : 0) : ((t - 300) * PHI % 1 < 0.5 ? 1 : 0);
            detector.offer(t, x, bets);
            cusum.add(x, bets);

            JsonNode expected = published.expected().path(String.valueOf(t));
            if (!expected.isMissingNode()) {
                compared++;
                assertThat(detector.level()).isCloseTo(expected.path("SR").doubleValue(), withinPercentage(1e-7));
                assertThat(cusum.level()).isCloseTo(expected.path("CUSUM").doubleValue(), withinPercentage(1e-7));
                for (int k = 0; k < 5; k++) {
                    assertThat(detector.level(k))
                            .isCloseTo(expected.path("SR_components").get(k).doubleValue(), withinPercentage(1e-7));
                }
            }
        }
        assertThat(compared).isEqualTo(published.expected().size());
    }

    @Test
    void aReplayedUnitIsNoEvidence() {
        Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.9);
        ObservationDetector detector = new ObservationDetector(5);
        assertThat(detector.offer(1, 0, bets)).isTrue();
        assertThat(detector.offer(4, 0, bets)).isTrue();
        byte[] before = detector.toBytes();

        assertThat(detector.offer(4, 0, bets)).isFalse();
        assertThat(detector.offer(2, 0, bets)).isFalse();

        assertThat(detector.toBytes()).isEqualTo(before).hasSize(138);
        assertThat(detector.lastSequence()).isEqualTo(4);
    }

    @Test
    void neitherOverflowsNorForgetsTheOne() {
        Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.9);
        ObservationDetector detector = new ObservationDetector(5);
        double log = Double.NEGATIVE_INFINITY;
        for (int t = 1; t <= 5000; t++) {
            double x = t <= 2000 ? 0 : 1;
            detector.offer(t, x, bets);
            double shifted = Math.max(log, 0) + Math.log1p(Math.exp(-Math.abs(log)));
            log = (t == 1 ? 0 : shifted) + bets.logFactor(2, x);
            if (t == 2000) {
                assertThat(detector.logLevel()).isGreaterThan(1000);
                assertThat(detector.alarms(1e300)).isTrue();
                assertThat(ObservationDetector.fromBytes(detector.toBytes()).logLevel())
                        .isEqualTo(detector.logLevel());
            }
        }

        assertThat(Math.log(detector.level(2))).isCloseTo(log, within(1e-6));
    }

    @Test
    void stretchesJoinToTheWholeHoweverLongTheyAre() {
        SplittableRandom random = new SplittableRandom(17);
        Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.9);
        for (int length : new int[] {1, 30, 4000}) {
            // a fall, a recovery that shrinks all evidence to nothing, another fall
            double[] units =
                    random.doubles(3L * length).map(u -> u < 0.9 ? 1 : 0).toArray();
            Arrays.fill(units, 0, length, 0);
            ObservationDetector whole = new ObservationDetector(5);
            ObservationDetector first = new ObservationDetector(5);
            ObservationDetector second = ObservationDetector.startingAfter(length, 5);
            ObservationDetector third = ObservationDetector.startingAfter(2L * length, 5);
            for (int t = 1; t <= units.length; t++) {
                whole.offer(t, units[t - 1], bets);
                (t <= length ? first : t <= 2 * length ? second : third).offer(t, units[t - 1], bets);
            }
            ObservationDetector restored = ObservationDetector.fromBytes(second.toBytes());

            ObservationDetector left = first.then(restored).then(third);
            ObservationDetector right = first.then(second.then(third));

            assertThat(left.logLevel()).isCloseTo(whole.logLevel(), within(1e-7));
            assertThat(right.logLevel()).isCloseTo(whole.logLevel(), within(1e-7));
            assertThat(left.lastSequence()).isEqualTo(units.length);
            assertThat(left.offer(units.length, 0, bets)).isFalse();
            for (int k = 0; k < 5; k++) {
                assertThat(left.level(k)).isCloseTo(whole.level(k), withinPercentage(1e-5));
            }
        }
    }

    @Test
    void aJoinedDetectorGoesOnLikeTheWhole() {
        Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.5);
        ObservationDetector whole = new ObservationDetector(5);
        ObservationDetector first = new ObservationDetector(5);
        ObservationDetector later = ObservationDetector.startingAfter(3000, 5);
        for (int t = 1; t <= 6000; t++) {
            double x = t <= 3000 ? 1 : 0.1; // the first half sinks all evidence far below 2^-256
            whole.offer(t, x, bets);
            (t <= 3000 ? first : later).offer(t, x, bets);
        }

        ObservationDetector joined = first.then(later);
        joined.offer(6001, 0, bets);
        whole.offer(6001, 0, bets);

        assertThat(joined.logLevel()).isCloseTo(whole.logLevel(), within(1e-7));
        assertThat(whole.logLevel()).isGreaterThan(500);
    }

    @Test
    void onlyLaterStretchesOfTheSameBetsJoin() {
        Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.9);
        ObservationDetector first = new ObservationDetector(5);
        first.offer(7, 0, bets);

        assertThat(first.then(ObservationDetector.startingAfter(7, 5)).level()).isEqualTo(first.level());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> first.then(ObservationDetector.startingAfter(6, 5)))
                .withMessage("later must start after unit 7: 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> first.then(ObservationDetector.startingAfter(7, 4)))
                .withMessage("bets of the detector and bets of the later one must have the same length: 5 and 4");
        assertThat(ObservationDetector.startingAfter(7, 5).offer(7, 0, bets)).isFalse();
    }

    @Test
    void theLargestStateIsBelowTwoHundredAndFiftySixBytes() {
        assertThat(new ObservationDetector(BetGrid.MAX).toBytes()).hasSizeLessThanOrEqualTo(256);
        assertThat(CalendarDetector.startingAt(0, BetGrid.MAX).toBytes()).hasSizeLessThanOrEqualTo(256);
    }

    @Test
    void refusesBytesThatAreNotADetector() {
        byte[] good = new ObservationDetector(5).toBytes();

        assertThatIllegalArgumentException().isThrownBy(() -> ObservationDetector.fromBytes(new byte[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObservationDetector.fromBytes(Arrays.copyOf(good, good.length - 1)));
        byte[] broken = good.clone();
        broken[18] = (byte) 0xff;
        assertThatIllegalArgumentException().isThrownBy(() -> ObservationDetector.fromBytes(broken));
        byte[] backwards = good.clone();
        backwards[9] = 5; // starts after unit 5, ended at 0
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObservationDetector.fromBytes(backwards))
                .withMessage("last sequence must be 5 or more: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ObservationDetector(0))
                .withMessage("bets must be in 1..8: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ObservationDetector(5).alarms(Double.NaN))
                .withMessage("thresholdUnits must be above 0: NaN");
    }

    @Test
    void alarmsAtItsThreshold() {
        Bets bets = BetGrid.POINTS.againstRate(Direction.DROP, 0.9);
        ObservationDetector detector = new ObservationDetector(5);
        for (int t = 1; t < 40; t++) {
            detector.offer(t, 0, bets);
        }

        assertThat(detector.alarms(detector.level() * 0.999999)).isTrue();
        assertThat(detector.alarms(detector.level() * 1.000001)).isFalse();
    }

    @Test
    void planningBoundIsThePublishedOne() {
        assertThat(BetGrid.unitsToDetect(0.09, 1e4, 0.045)).isCloseTo(818.7, within(0.1));
    }
}
