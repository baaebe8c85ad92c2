package io.pentameter.statistics.monitoring.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.monitoring.comparison.ECusum;
import java.util.Arrays;
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

        assertThat(detector.toBytes()).isEqualTo(before).hasSize(70);
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
    void refusesBytesThatAreNotADetector() {
        byte[] good = new ObservationDetector(5).toBytes();

        assertThatIllegalArgumentException().isThrownBy(() -> ObservationDetector.fromBytes(new byte[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObservationDetector.fromBytes(Arrays.copyOf(good, good.length - 1)));
        byte[] broken = good.clone();
        broken[10] = (byte) 0xff;
        assertThatIllegalArgumentException().isThrownBy(() -> ObservationDetector.fromBytes(broken));
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
