package io.pentameter.alert.forecast;

import io.pentameter.alert.spend.SpendAnswer.Point;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Spending by day, as clocks in a zone show it.
 *
 * @param today    the day that is not over
 * @param asOf     how much of today is known
 * @param complete whole days before today, oldest first, none missing: from the first with calls on, and after the last
 *                 whose cost is not known
 * @param spent    today up to {@code asOf}, of what has a price
 * @param shares   for whole days of today's class (weekday or weekend) with spending: which share of it was spent by this
 *                 time of the day, 0 to 1
 * @param isCut    whether days before were left out because of one of which no cost is known
 */
public record SpendDays(
        LocalDate today,
        Instant asOf,
        List<BigDecimal> complete,
        BigDecimal spent,
        List<Double> shares,
        boolean isCut) {

    /** Days of today's class that its course is learned from. */
    private static final int CLASS_DAYS = 28;

    public SpendDays {
        complete = List.copyOf(complete);
        shares = List.copyOf(shares);
    }

    /**
     * Puts points together to days.
     *
     * @param points by beginning, each {@code step} long and within one day
     * @param asOf   everything before is in the points
     */
    public static SpendDays of(Map<Instant, Point> points, Duration step, ZoneId zone, Instant asOf) {
        TreeMap<Instant, Point> ordered = new TreeMap<>(points);
        LocalDate today = asOf.atZone(zone).toLocalDate();
        TreeMap<LocalDate, DaySum> days = new TreeMap<>();
        Duration intoToday = Duration.between(today.atStartOfDay(zone).toInstant(), asOf);
        ordered.forEach((at, point) -> {
            LocalDate day = at.atZone(zone).toLocalDate();
            Instant cut = day.atStartOfDay(zone).toInstant().plus(intoToday);
            days.computeIfAbsent(day, _ -> new DaySum()).add(point, passed(at, step, cut));
        });
        DaySum now = days.getOrDefault(today, new DaySum());
        List<BigDecimal> complete = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        boolean isCut = false;
        LocalDate first = days.isEmpty() ? today : days.firstKey();
        for (LocalDate day = today.minusDays(1); !day.isBefore(first); day = day.minusDays(1)) {
            DaySum sum = days.getOrDefault(day, new DaySum());
            if (sum.isUnknown) {
                isCut = true;
                break;
            }
            complete.add(sum.usd);
            if (isWeekend(day) == isWeekend(today) && sum.usd.signum() > 0 && complete.size() <= CLASS_DAYS) {
                shares.add(Math.clamp(sum.byNow / sum.usd.doubleValue(), 0, 1));
            }
        }
        Collections.reverse(complete);
        int quiet = quietBeginning(complete, days, today);
        return new SpendDays(today, asOf, complete.subList(quiet, complete.size()), now.usd, shares, isCut);
    }

    /** Days of the beginning on which nothing was called: nobody was there yet. */
    private static int quietBeginning(List<BigDecimal> complete, Map<LocalDate, DaySum> days, LocalDate today) {
        int quiet = 0;
        while (quiet < complete.size()) {
            DaySum sum = days.get(today.minusDays(complete.size() - (long) quiet));
            if (sum != null && sum.calls > 0) {
                break;
            }
            quiet++;
        }
        return quiet;
    }

    /** The part of a point that lies before {@code cut}, 0 to 1. */
    private static double passed(Instant at, Duration step, Instant cut) {
        return Math.clamp(Duration.between(at, cut).toMillis() / (double) step.toMillis(), 0, 1);
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static final class DaySum {
        private BigDecimal usd = BigDecimal.ZERO;
        private double byNow;
        private long calls;
        private boolean isUnknown;

        void add(Point point, double passed) {
            BigDecimal spent = point.usd();
            calls += point.calls();
            if (spent != null) {
                usd = usd.add(spent);
                byNow += passed * spent.doubleValue();
            } else if (point.calls() > 0) {
                isUnknown = true;
            }
        }
    }
}
