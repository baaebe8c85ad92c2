package io.pentameter.alert.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.alert.budget.Period;
import io.pentameter.alert.spend.SpendAnswer.Point;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutlookTest {

    private static final Duration HOUR = Duration.ofHours(1);
    /** A Friday, 12:00. */
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void daysAreSumsOfTheirHoursAndBeginWithTheFirstCalls() {
        Map<Instant, Point> points = constant(NOON, 10, "0.1");

        SpendDays days = SpendDays.of(points, HOUR, ZoneOffset.UTC, NOON);

        assertThat(days.today()).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThat(days.complete()).hasSize(10).allMatch(day -> day.compareTo(new BigDecimal("2.4")) == 0);
        assertThat(days.spent()).isEqualByComparingTo("1.2");
        // of the ten days before a Friday, 10 to 19 November, two are of a weekend; by noon half of each was spent
        assertThat(days.shares()).hasSize(8).allMatch(share -> Math.abs(share - 0.5) < 1e-9);
    }

    @Test
    void theDaysOfAZoneBeginAtItsMidnight() {
        Map<Instant, Point> points = new HashMap<>();
        points.put(Instant.parse("2026-11-18T23:00:00Z"), point("1")); // midnight of the 19th in Berlin
        points.put(Instant.parse("2026-11-19T22:00:00Z"), point("2"));
        points.put(Instant.parse("2026-11-19T23:00:00Z"), point("4")); // midnight of the 20th

        SpendDays days = SpendDays.of(points, HOUR, ZoneId.of("Europe/Berlin"), NOON);

        assertThat(days.complete()).containsExactly(new BigDecimal("3"));
        assertThat(days.spent()).isEqualByComparingTo("4");
    }

    @Test
    void aDayOfWhichNoCostIsKnownIsNotTakenForOneThatCostNothing() {
        Map<Instant, Point> points = constant(NOON, 10, "0.1");
        points.put(Instant.parse("2026-11-15T03:00:00Z"), new Point(null, 7));

        SpendDays days = SpendDays.of(points, HOUR, ZoneOffset.UTC, NOON);

        assertThat(days.complete()).hasSize(4); // 16 to 19 November
        assertThat(days.isCut()).isTrue();
    }

    @Test
    void twoDaysBearNoForecast() {
        Outlook none = outlook(constant(NOON, 2, "0.1"), "100");

        assertThat(none.expected()).isNull();
        assertThat(none.periodEnd()).isNull();
        assertThat(none.overBudget()).isNull();
        assertThat(none.reason()).contains("3 whole days", "there are 2");
    }

    @Test
    void shortHistoriesSayWhatTheyAre() {
        assertThat(method(outlook(constant(NOON, 5, "0.1"), "100"))).isEqualTo("run-rate");
        assertThat(outlook(constant(NOON, 5, "0.1"), "100").warnings())
                .anyMatch(warning -> warning.code().equals("low-confidence"));
        assertThat(method(outlook(constant(NOON, 20, "0.1"), "100"))).isEqualTo("seasonal-naive");
        assertThat(method(outlook(constant(NOON, 40, "0.1"), "100"))).isEqualTo("ets-aada-conformal");
    }

    @Test
    void spendingThatNeverChangesEndsTheMonthWhereArithmeticSays() {
        // 2.40 a day; 19 days and a half are spent: 46.80. 30 days of November: 72.00. 59.90 are reached on the 25th
        // day
        Outlook steady = outlook(constant(NOON, 60, "0.1"), "59.9");

        assertThat(known(steady.today()).value()).isCloseTo(2.4, within(1e-9));
        assertThat(known(steady.periodEnd()).value()).isCloseTo(72, within(1e-6));
        assertThat(steady.overBudget()).isEqualTo(1.0);
        // today, the 20th, is day 1
        assertThat(steady.exhaustion()).isNotNull();
        assertThat(Objects.requireNonNull(steady.exhaustion()).interval()).isEqualTo(new Interval(6, 6));
        assertThat(outlook(constant(NOON, 60, "0.1"), "72.01").overBudget()).isEqualTo(0.0);
    }

    @Test
    void whatIsSpentAlreadyIsTheLeastThatThePeriodCosts() {
        Map<Instant, Point> points = constant(NOON, 60, "0.1");
        points.put(NOON.minus(HOUR), point("1000"));

        Outlook outlook = outlook(points, "500");

        assertThat(known(outlook.periodEnd()).interval().low()).isGreaterThanOrEqualTo(1046);
        assertThat(outlook.overBudget()).isEqualTo(1.0);
        assertThat(outlook.exhaustion()).isNull();
    }

    @Test
    void aZoneThatIsOffTheHourIsReadInQuarters() {
        Instant from = NOON.minus(Duration.ofDays(84));

        assertThat(SpendHistory.step(ZoneId.of("Asia/Kathmandu"), from, NOON)).isEqualTo(Duration.ofMinutes(15));
        assertThat(SpendHistory.step(ZoneId.of("Europe/Berlin"), from, NOON)).isEqualTo(HOUR);
    }

    private static String method(Outlook outlook) {
        return known(outlook.expected()).method();
    }

    private static Estimate known(@Nullable Estimate estimate) {
        return Objects.requireNonNull(estimate);
    }

    private static Outlook outlook(Map<Instant, Point> points, String budget) {
        Period.Span month = Period.MONTH.around(NOON, ZoneOffset.UTC);
        BigDecimal spent = points.entrySet().stream()
                .filter(point -> !point.getKey().isBefore(month.start()))
                .map(point -> Objects.requireNonNull(point.getValue().usd()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        SpendDays days = SpendDays.of(points, HOUR, ZoneOffset.UTC, NOON);
        return Outlook.of(new Outlook.Facts(days, month, spent, new BigDecimal(budget)), 1);
    }

    /** Every hour of so many whole days before, and of today. */
    private static Map<Instant, Point> constant(Instant now, int days, String usd) {
        Map<Instant, Point> points = new HashMap<>();
        Instant first = now.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .minusDays(days)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        for (Instant at = first; at.isBefore(now); at = at.plus(HOUR)) {
            points.put(at, point(usd));
        }
        return points;
    }

    private static Point point(String usd) {
        return new Point(new BigDecimal(usd), 1);
    }
}
