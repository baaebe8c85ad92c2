package io.pentameter.statistics.forecast;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * On which day to come a budget will be used up.
 *
 * <pre>day = first d with  Σ_{i ≤ d} spend_i ≥ left     on each of 1000 paths, as in {@link MonthEnd}</pre>
 *
 * <p>Residual bootstrap, R. J. Hyndman, G. Athanasopoulos, Forecasting: principles and practice, 3rd ed. 2021, §5.5; the
 * day is the order statistic of the paths, so its interval is of whole days. Assumes what {@link MonthEnd} assumes.
 *
 * @param day         the median path's, 1 for the first day of the forecast; infinite if not within the days looked at
 * @param interval    days that are plausible; infinite ends likewise
 * @param probability share of the paths on which it is used up within the days looked at, 0 to 1
 */
public record Exhaustion(double day, Interval interval, double probability) {

    /**
     * Projects it.
     *
     * @param left     of the budget at the beginning of the forecast, above 0
     * @param days     whole days to look at, 1 to 366
     * @param forecast with at least two days of history
     */
    public static Exhaustion project(double left, SpendForecast forecast, int days, Confidence confidence, long seed) {
        if (!(left > 0)) {
            throw new IllegalArgumentException("left must be above 0: " + left);
        }
        if (days < 1 || days > 366) {
            throw new IllegalArgumentException("days must be in 1..366: " + days);
        }
        double[] residuals = forecast.oneStepResiduals();
        if (residuals.length < 2) {
            throw new IllegalArgumentException("the history must tell at least two errors: " + residuals.length);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] firsts = new double[MonthEnd.PATHS];
        Arrays.setAll(firsts, _ -> first(left, forecast.path(days, residuals, random)));
        Arrays.sort(firsts);
        int tail = (int) Math.floor(MonthEnd.PATHS * confidence.alpha() / 2);
        long within = Arrays.stream(firsts).filter(Double::isFinite).count();
        return new Exhaustion(
                firsts[MonthEnd.PATHS / 2 - 1],
                new Interval(firsts[tail], firsts[MonthEnd.PATHS - 1 - tail]),
                within / (double) MonthEnd.PATHS);
    }

    private static double first(double left, double[] path) {
        double spent = 0;
        for (int day = 0; day < path.length; day++) {
            spent += path[day];
            if (spent >= left) {
                return day + 1.0;
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
