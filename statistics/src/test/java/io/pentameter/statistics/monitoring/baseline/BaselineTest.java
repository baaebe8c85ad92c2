package io.pentameter.statistics.monitoring.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.monitoring.baseline.Shrinkage.Shrunk;
import io.pentameter.statistics.monitoring.baseline.TrainingWindow.Exclusion;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BaselineTest {

    @Test
    void shrinksAsTheFormulaSays() {
        Shrunk parent = new Shrunk(0.8, 0.0004);

        Shrunk shrunk = Shrinkage.towards(parent, Moments.ofCounts(45, 50), 0.09, 0.003);

        assertThat(shrunk.mean()).isCloseTo((50 * 0.9 + 30 * 0.8) / 80, within(1e-12));
        assertThat(shrunk.variance()).isCloseTo(0.09 / 80 + 30.0 / 80 * 30 / 80 * 0.0004, within(1e-15));
    }

    @Test
    void alikeCellsTakeTheirParentAndItsUncertainty() {
        Shrunk parent = new Shrunk(0.8, 0.0004);

        assertThat(Shrinkage.towards(parent, Moments.ofCounts(45, 50), 0.09, 0)).isEqualTo(parent);
        assertThat(Shrinkage.towards(parent, Moments.NONE, 0.09, 0.003)).isEqualTo(new Shrunk(0.8, 0.0004 + 0.003));
        assertThat(Shrinkage.towards(parent, Moments.ofCounts(45, 50), 0, 0.003))
                .isEqualTo(new Shrunk(0.9, 0));
    }

    @Test
    void lowerBoundsHoldAndMeansAreNear() {
        SplittableRandom random = new SplittableRandom(1);
        int covered = 0;
        double error = 0;
        for (int week = 0; week < 100; week++) {
            Map<HourOfWeek, Moments> hours = new HashMap<>();
            for (DayOfWeek day : DayOfWeek.values()) {
                for (int hour = 0; hour < 24; hour++) {
                    HourOfWeek cell = new HourOfWeek(day, hour);
                    int n = random.nextInt(0, 120);
                    long good = random.doubles(n).filter(u -> u < rate(cell)).count();
                    hours.put(cell, Moments.ofCounts(good, n));
                }
            }
            Baseline baseline = Baseline.of(hours);
            for (HourOfWeek cell : hours.keySet()) {
                covered += baseline.at(cell).lowerBound() <= rate(cell) ? 1 : 0;
                error += Math.abs(baseline.at(cell).mean() - rate(cell));
            }
        }

        assertThat(covered / 16_800.0).isBetween(0.93, 0.97);
        assertThat(error / 16_800).isLessThan(0.02); // without shrinkage it is 0.04
    }

    private static double rate(HourOfWeek cell) {
        return cell.hour() < 6 ? 0.80 : cell.parent() >= 24 ? 0.85 : 0.92;
    }

    @Test
    void oneUnitOrEqualUnitsGiveABaseline() {
        HourOfWeek cell = new HourOfWeek(DayOfWeek.MONDAY, 9);

        Baseline single = Baseline.of(Map.of(cell, Moments.of(0.7)));
        Baseline equal = Baseline.of(
                Map.of(cell, Moments.of(1, 1, 1, 1), new HourOfWeek(DayOfWeek.SUNDAY, 3), Moments.of(1, 1)));

        assertThat(single.at(cell).mean()).isCloseTo(0.7, within(1e-12));
        assertThat(equal.at(new HourOfWeek(DayOfWeek.FRIDAY, 20))).isEqualTo(new Cell(1, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Baseline.of(Map.of(cell, Moments.NONE)))
                .withMessage("hours must hold at least one unit: 0");
    }

    @Test
    void momentsMergeToThoseOfTheWhole() {
        double[] values = new SplittableRandom(2).doubles(1000, 1e6, 1e6 + 1).toArray();
        Moments whole = Moments.of(values);
        Moments merged = Moments.NONE;
        for (int from = 1000; from > 0; from -= 100) {
            merged = merged.plus(Moments.of(java.util.Arrays.copyOfRange(values, from - 100, from)));
        }

        assertThat(merged.n()).isEqualTo(1000);
        assertThat(merged.mean()).isCloseTo(whole.mean(), within(1e-8));
        assertThat(merged.squares()).isCloseTo(whole.squares(), within(1e-6));
        assertThat(Moments.ofCounts(3, 4)).isEqualTo(new Moments(4, 0.75, 0.75));
    }

    @Test
    void hourOfWeekRunsFromMondayToSunday() {
        assertThat(HourOfWeek.of(ZonedDateTime.of(2026, 3, 2, 0, 30, 0, 0, ZoneOffset.UTC))
                        .index())
                .isZero();
        assertThat(HourOfWeek.of(ZonedDateTime.of(2026, 3, 8, 23, 59, 0, 0, ZoneOffset.UTC))
                        .index())
                .isEqualTo(167);
        assertThat(new HourOfWeek(DayOfWeek.SATURDAY, 5).parent()).isEqualTo(29);
        assertThatIllegalArgumentException().isThrownBy(() -> new HourOfWeek(DayOfWeek.MONDAY, 24));
    }

    @Test
    void windowLeavesOutIncidents() {
        Instant end = Instant.parse("2026-03-29T00:00:00Z");
        TrainingWindow window = new TrainingWindow(
                end,
                TrainingWindow.USUAL,
                List.of(new Exclusion(Instant.parse("2026-03-10T06:00:00Z"), Instant.parse("2026-03-10T08:00:00Z"))));

        assertThat(window.holds(end)).isFalse();
        assertThat(window.holds(end.minus(Duration.ofDays(28)))).isTrue();
        assertThat(window.holds(end.minus(Duration.ofDays(28)).minusSeconds(1))).isFalse();
        assertThat(window.holds(Instant.parse("2026-03-10T06:00:00Z"))).isFalse();
        assertThat(window.holds(Instant.parse("2026-03-10T08:00:00Z"))).isTrue();
        assertThat(TrainingWindow.suffices(Duration.ofDays(14), 500)).isTrue();
        assertThat(TrainingWindow.suffices(Duration.ofDays(13), 5000)).isFalse();
        assertThat(TrainingWindow.suffices(Duration.ofDays(28), 499)).isFalse();
    }

    @Test
    void nullLeavesRoomForErrorAndTolerance() {
        Cell cell = new Cell(0.9, 0.01, 0.09);

        assertThat(NullMean.forDrop(cell, NullMean.TOLERANCE)).isCloseTo(0.9 - 0.0164485 - 0.01, within(1e-6));
        assertThat(NullMean.forRise(cell, 0.01)).isCloseTo(0.9 + 0.0164485 + 0.01, within(1e-6));
        assertThat(NullMean.forRise(new Cell(0.99, 0.01, 0), 0.01)).isOne();
        assertThat(NullMean.forRateRise(0.02)).isCloseTo(0.024, within(1e-12));
        assertThat(NullMean.forRateRise(0.001)).isCloseTo(0.003, within(1e-12));
        assertThat(NullMean.forRateRise(0.05)).isCloseTo(0.06, within(1e-12));
        assertThat(NullMean.forRateRise(1)).isOne();
    }

    @Test
    void amountsAreCutAtTheCap() {
        Winsorised tokens = new Winsorised(8000);

        assertThat(tokens.score(4000)).isEqualTo(0.5);
        assertThat(tokens.score(1e9)).isOne();
        assertThat(tokens.score(0)).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.score(-1))
                .withMessage("amount must be 0 or more and finite: -1.0");
    }
}
