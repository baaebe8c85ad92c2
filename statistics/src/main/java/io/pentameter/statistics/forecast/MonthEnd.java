package io.pentameter.statistics.forecast;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What the month will have cost when it is over, and how probably more than the budget.
 *
 * <pre>month = actual so far + Σ of the days to come;  1000 paths with errors drawn from the one-step residuals</pre>
 *
 * <p>Residual bootstrap (FPP3 section 5.5). The value is the median path. The same seed gives the same answer; take it
 * from tenant and month. Errors of parameters are not in it: with four weeks of history the interval is somewhat too
 * narrow, which a warning says; below 14 days another one says that it is a mere run rate. A single day of history has no
 * errors to draw from: any spend beyond what was spent is plausible then.
 *
 * <p>Source: R. J. Hyndman, G. Athanasopoulos, Forecasting: principles and practice, 3rd ed. 2021, §5.5. Not after a
 * change of level that the history does not hold yet.
 *
 * @param total spend at the end of the month
 * @param overBudget share of the paths beyond the budget, 0 to 1; NaN if the history is too short to tell
 */
public record MonthEnd(Estimate total, double overBudget) {

    /** Paths that are simulated. */
    public static final int PATHS = 1000;

    private static final String METHOD = "residual-bootstrap";

    /**
     * Projects the month.
     *
     * @param spent    of the month so far, 0 or more; the forecast starts on the day after
     * @param daysLeft whole days to come, 0 to 366; 0 leaves only what was spent
     * @param budget   of the month, 0 or more
     */
    public static MonthEnd project(
            double spent, SpendForecast forecast, int daysLeft, double budget, Confidence confidence, long seed) {
        Require.notNegative("spent", spent);
        Require.notNegative("budget", budget);
        if (daysLeft < 0 || daysLeft > 366) {
            throw new IllegalArgumentException("daysLeft must be in 0..366: " + daysLeft);
        }
        if (daysLeft > 0 && !forecast.isKnown()) {
            return new MonthEnd(
                    Estimate.unknown(new Interval(spent, Double.POSITIVE_INFINITY), confidence, METHOD),
                    spent > budget ? 1 : Double.NaN);
        }
        double[] residuals = forecast.oneStepResiduals();
        boolean isGuess = daysLeft > 0 && residuals.length < 2;
        SplittableRandom random = new SplittableRandom(seed);
        double[] totals = new double[PATHS];
        Arrays.setAll(totals, _ -> spent + forecast.simulate(daysLeft, residuals, random));
        Arrays.sort(totals);
        double mean = Arrays.stream(totals).average().orElseThrow();
        double variance = Arrays.stream(totals)
                        .map(total -> (total - mean) * (total - mean))
                        .sum()
                / (PATHS - 1);
        int tail = (int) Math.floor(PATHS * confidence.alpha() / 2);
        double over = Arrays.stream(totals).filter(total -> total > budget).count() / (double) PATHS;
        return new MonthEnd(
                new Estimate(
                        (totals[PATHS / 2 - 1] + totals[PATHS / 2]) / 2,
                        isGuess ? Double.POSITIVE_INFINITY : Math.sqrt(variance),
                        isGuess
                                ? new Interval(spent, Double.POSITIVE_INFINITY)
                                : new Interval(totals[tail], totals[PATHS - 1 - tail]),
                        confidence,
                        METHOD,
                        SampleSize.simple(residuals.length),
                        daysLeft > 0 ? forecast.shortHistory() : List.of()),
                isGuess && spent <= budget ? Double.NaN : over);
    }
}
