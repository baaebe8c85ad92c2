package io.pentameter.statistics.monitoring.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalendarDetectorTest {

    private static final Bets BETS = BetGrid.POINTS.againstRate(Direction.DROP, 0.9);

    @Test
    void followsTheRecursion() {
        double[] level = new double[5];
        CalendarDetector detector = CalendarDetector.startingAt(1000, 5);
        SplittableRandom random = new SplittableRandom(1);
        for (int hour = 0; hour < 200; hour++) {
            HourEvidence evidence = new HourEvidence(BETS);
            for (int k = 0; k < 5; k++) {
                level[k] += 1.0 / 24;
            }
            for (int unit = random.nextInt(20); unit > 0; unit--) {
                double x = random.nextDouble() < 0.85 ? 1 : 0;
                evidence.add(x);
                for (int k = 0; k < 5; k++) {
                    level[k] *= 1 + BETS.lambdas()[k] * (0.9 - x);
                }
            }
            detector = detector.closeHour(1000 + hour, evidence);
        }

        assertThat(detector.level()).isCloseTo(Arrays.stream(level).average().orElseThrow(), withinPercentage(1e-9));
        assertThat(detector.elapsed()).isEqualTo(Duration.ofHours(200));
        assertThat(detector.eValue()).isCloseTo(detector.level() / (200 / 24.0), within(1e-9));
        assertThat(detector.alarms(detector.level() * 1.000001)).isFalse();
        assertThat(detector.alarms(detector.level() * 0.999999)).isTrue();
    }

    @Test
    void withoutUnitsOnlyTimePasses() {
        CalendarDetector detector = CalendarDetector.startingAt(0, 5);
        assertThat(detector.level()).isZero();
        assertThat(detector.eValue()).isZero();
        assertThat(detector.alarms(1)).isFalse();

        CalendarDetector silent = detector.closeHour(47, new HourEvidence(BETS));

        assertThat(silent.level()).isCloseTo(2, within(1e-12));
        assertThat(silent.eValue()).isCloseTo(1, within(1e-12));
        assertThat(silent.nextHour()).isEqualTo(48);
    }

    @Test
    void hoursThatAreLeftOutCountAsHoursWithoutUnits() {
        CalendarDetector skipping = CalendarDetector.startingAt(0, 5).closeHour(5, evidence(3, 7));
        CalendarDetector stepping = CalendarDetector.startingAt(0, 5);
        for (int hour = 0; hour < 5; hour++) {
            stepping = stepping.closeHour(hour, new HourEvidence(BETS));
        }
        stepping = stepping.closeHour(5, evidence(3, 7));

        assertThat(skipping.level()).isCloseTo(stepping.level(), within(1e-12));
        assertThat(skipping.units()).isEqualTo(10);
    }

    @Test
    void aClosedHourCannotBeClosedAgain() {
        CalendarDetector once =
                CalendarDetector.startingAt(0, 5).closeHour(0, evidence(3, 7)).closeHour(1, evidence(0, 9));

        assertThat(once.closeHour(1, evidence(0, 9))).isSameAs(once);
        assertThat(once.closeHour(0, evidence(0, 9))).isSameAs(once);
    }

    @Test
    void stretchesJoinToTheWhole() {
        SplittableRandom random = new SplittableRandom(2);
        CalendarDetector whole = CalendarDetector.startingAt(0, 5);
        List<CalendarDetector> shards = new ArrayList<>();
        for (int shard = 0; shard < 10; shard++) {
            CalendarDetector part = CalendarDetector.startingAt(shard * 24L, 5);
            for (int hour = shard * 24; hour < shard * 24 + 24; hour++) {
                HourEvidence evidence = evidence(random.nextInt(5), random.nextInt(40));
                part = part.closeHour(hour, evidence);
                whole = whole.closeHour(hour, evidence);
            }
            shards.add(CalendarDetector.fromBytes(part.toBytes()));
        }

        CalendarDetector left = shards.stream().reduce(CalendarDetector::then).orElseThrow();
        CalendarDetector right = shards.getLast();
        for (int shard = 8; shard >= 0; shard--) {
            right = shards.get(shard).then(right);
        }

        assertThat(left.logLevel()).isCloseTo(whole.logLevel(), within(1e-9));
        assertThat(right.logLevel()).isCloseTo(whole.logLevel(), within(1e-9));
        assertThat(left.units()).isEqualTo(whole.units());
        assertThat(left.nextHour()).isEqualTo(whole.nextHour());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shards.get(0).then(shards.get(2)))
                .withMessage("later must start at hour 24: 48");
    }

    @Test
    void unitsOfAnHourCountOnceInAnyOrderAndSharding() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ids.add("session-" + i);
        }
        HourOfUnits whole = new HourOfUnits();
        ids.forEach(id -> whole.offer(id, scoreOf(id)));
        byte[] expected = CalendarDetector.startingAt(0, 5)
                .closeHour(0, whole.evidence(BETS))
                .toBytes();
        Random random = new Random(3);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(ids, random);
            HourOfUnits left = new HourOfUnits();
            HourOfUnits right = new HourOfUnits();
            for (String id : ids) {
                double score = scoreOf(id);
                (random.nextBoolean() ? left : right).offer(id, score);
                (random.nextBoolean() ? left : right).offer(id, score);
            }
            left.merge(right);

            CalendarDetector detector = CalendarDetector.startingAt(0, 5).closeHour(0, left.evidence(BETS));

            assertThat(left.size()).isEqualTo(500);
            assertThat(detector.toBytes()).isEqualTo(expected);
        }
    }

    @Test
    void evidenceOfShardsAddsUpToTheLastBit() {
        HourEvidence whole = new HourEvidence(BETS);
        HourEvidence left = new HourEvidence(BETS);
        HourEvidence right = new HourEvidence(BETS);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 1000; i++) {
            double x = random.nextDouble();
            whole.add(x);
            (random.nextBoolean() ? left : right).add(x);
        }
        right.merge(left);

        for (int k = 0; k < 5; k++) {
            assertThat(right.logFactor(k)).isEqualTo(whole.logFactor(k));
        }
        assertThat(right.units()).isEqualTo(1000);
        assertThat(evidence(3, 4)).satisfies(counted -> {
            HourEvidence single = new HourEvidence(BETS);
            for (double x : new double[] {0, 1, 0, 1, 1, 0, 1}) {
                single.add(x);
            }
            for (int k = 0; k < 5; k++) {
                assertThat(counted.logFactor(k)).isEqualTo(single.logFactor(k));
            }
        });
    }

    @Test
    void ofTwoScoresUnderOneIdTheSmallerStays() {
        HourOfUnits one = new HourOfUnits();
        one.offer("a", 0.8);
        assertThat(one.offer("a", 0.3)).isFalse();
        HourOfUnits other = new HourOfUnits();
        other.offer("a", 0.3);
        assertThat(other.offer("a", 0.8)).isFalse();

        assertThat(one.evidence(BETS).logFactor(0))
                .isEqualTo(other.evidence(BETS).logFactor(0));
        assertThat(one.evidence(BETS).logFactor(0)).isCloseTo(BETS.logFactor(0, 0.3), within(1e-11));
    }

    @Test
    void anHourTakesNoMoreUnitsThanItsLimit() {
        HourOfUnits hour = new HourOfUnits(2);

        assertThat(hour.offer("a", 1)).isTrue();
        assertThat(hour.offer("b", 1)).isTrue();
        assertThat(hour.offer("c", 1)).isFalse();
        assertThat(hour.offer("a", 1)).isFalse();

        assertThat(hour.size()).isEqualTo(2);
        assertThat(hour.refused()).isOne();
    }

    @Test
    void stateIsSmallAndReadsBackTheSame() {
        CalendarDetector detector = CalendarDetector.startingAt(480_000, 5).closeHour(480_003, evidence(5, 3));

        assertThat(detector.toBytes()).hasSize(105);
        assertThat(CalendarDetector.startingAt(0, BetGrid.MAX).toBytes()).hasSizeLessThanOrEqualTo(256);
        assertThat(CalendarDetector.fromBytes(detector.toBytes()))
                .isEqualTo(detector)
                .hasSameHashCodeAs(detector);
        byte[] broken = detector.toBytes();
        broken[0] = 7;
        assertThatIllegalArgumentException().isThrownBy(() -> CalendarDetector.fromBytes(broken));
        assertThatIllegalArgumentException().isThrownBy(() -> CalendarDetector.fromBytes(new byte[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CalendarDetector.fromBytes(Arrays.copyOf(detector.toBytes(), 104)));
    }

    @Test
    void hugeEvidenceStaysFiniteInLogarithms() {
        CalendarDetector detector = CalendarDetector.startingAt(0, 5);
        for (int hour = 0; hour < 100; hour++) {
            detector = detector.closeHour(hour, evidence(100_000, 0));
        }
        CalendarDetector crushed = detector;
        for (int hour = 100; hour < 400; hour++) {
            crushed = crushed.closeHour(hour, evidence(0, 100_000));
        }

        assertThat(detector.logLevel()).isFinite().isGreaterThan(1e6);
        assertThat(detector.level()).isInfinite();
        assertThat(detector.alarms(1e300)).isTrue();
        assertThat(crushed.logLevel()).isFinite();
    }

    @Test
    void liveLevelIsThatOfClosingTheHourNow() {
        CalendarDetector detector = CalendarDetector.startingAt(0, 5).closeHour(0, evidence(3, 7));

        assertThat(detector.levelWith(evidence(2, 1)))
                .isEqualTo(detector.closeHour(1, evidence(2, 1)).level());
    }

    @Test
    void betsNeverGoBankrupt() {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 5000; i++) {
            double mean = random.nextInt(10) == 0 ? random.nextInt(2) : random.nextDouble();
            Direction direction = random.nextBoolean() ? Direction.DROP : Direction.RISE;
            Bets bets = BetGrid.POINTS.against(direction, mean, random.nextDouble() * 0.25);
            for (int k = 0; k < bets.size(); k++) {
                double atZero = bets.factor(k, 0);
                double atOne = bets.factor(k, 1);
                assertThat(Math.min(atZero, atOne)).isGreaterThanOrEqualTo(0.1 - 1e-12);
                // fair at the null: the worst distribution with that mean puts all weight on the ends
                assertThat(mean * atOne + (1 - mean) * atZero).isCloseTo(1, within(1e-9));
            }
        }
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evidence(0, 0).add(1.01))
                .withMessage("x must be in 0.0..1.0: 1.01");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CalendarDetector.startingAt(0, 9))
                .withMessage("bets must be in 1..8: 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BetGrid.POINTS.against(Direction.DROP, 1.5, 0.1))
                .withMessage("mean must be in 0.0..1.0: 1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CalendarDetector.startingAt(0, 5).alarms(0))
                .withMessage("thresholdDays must be above 0: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CalendarDetector.startingAt(0, 4).closeHour(0, evidence(1, 1)))
                .withMessage("bets of the detector and bets given must have the same length: 4 and 5");
        HourEvidence foreign = new HourEvidence(BetGrid.POINTS.againstRate(Direction.DROP, 0.8));
        assertThatIllegalArgumentException().isThrownBy(() -> foreign.merge(evidence(1, 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new BetGrid(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new BetGrid(List.of(0.1, -0.1)));
    }

    private static HourEvidence evidence(long failures, long successes) {
        HourEvidence evidence = new HourEvidence(BETS);
        evidence.add(0, failures);
        evidence.add(1, successes);
        return evidence;
    }

    private static double scoreOf(String id) {
        return Math.floorMod(id.hashCode(), 100) / 100.0;
    }
}
