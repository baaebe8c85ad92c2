package io.pentameter.statistics.monitoring.comparison;

import io.pentameter.statistics.interval.Require;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * "Alert when today's pass rate is below a fixed line": how often that happens, exactly.
 *
 * <p>{@code P(X/n < threshold)} for binomial {@code X}. Shows why rivals' alerts are switched off: with 100 graded
 * answers a day and a line 3 % below .90 it alarms falsely every fifth day, and finds a real fall to the line on every
 * second day only.
 *
 * @param threshold the line, 0 to 1
 * @param units graded units of a day, 1 or more
 */
public record DailyThreshold(double threshold, int units) {

    public DailyThreshold {
        Require.share("threshold", threshold);
        Require.atLeast(1, "units", units);
    }

    /** Probability of an alert on a day whose true rate is {@code rate}, 0 to 1. */
    public double alertProbability(double rate) {
        Require.share("rate", rate);
        int largestBelow = (int) Math.ceil(threshold * units - 1e-9) - 1;
        return BinomialDistribution.of(units, rate).cumulativeProbability(largestBelow);
    }
}
