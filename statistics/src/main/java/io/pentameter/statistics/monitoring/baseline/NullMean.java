package io.pentameter.statistics.monitoring.baseline;

import io.pentameter.statistics.interval.Require;

/**
 * The mean that a detector bets against: normal, less what is uncertain, less what is tolerated.
 *
 * <p>A detector's guarantee holds only if the true mean is not beyond its null: a null that is one standard error too
 * high cuts the mean time to false alarm from 1225 to 760. Hence the bound of the baseline, and a tolerance. All
 * results are clipped to 0..1.
 *
 * <p>The tolerances are Pentameter's choice; the need for them: J. Shin, A. Ramdas, A. Rinaldo, NEJSDS 2 (2024). Not
 * for a null that is fitted on the hours it is bet against.
 */
public final class NullMean {

    /** One point: half of the smallest drop of quality that is worth a page. */
    public static final double TOLERANCE = 0.01;

    private static final double RELATIVE_RISE = 0.20;
    private static final double LEAST_RISE = 0.002;

    private NullMean() {}

    /** For quality: lower bound of {@code cell} less {@code tolerance}, 0 or more. */
    public static double forDrop(Cell cell, double tolerance) {
        return clip(cell.lowerBound() - Require.notNegative("tolerance", tolerance));
    }

    /** For scores that must not rise: upper bound of {@code cell} plus {@code tolerance}, 0 or more. */
    public static double forRise(Cell cell, double tolerance) {
        return clip(cell.upperBound() + Require.notNegative("tolerance", tolerance));
    }

    /**
     * For rates near 0 (errors, refusals, answers slower than the baseline's p95): a fifth more than {@code baseline},
     * at least 0.2 points more.
     *
     * @param baseline 0 to 1; for an exceedance of a baseline quantile the share beyond it, such as 0.05
     */
    public static double forRateRise(double baseline) {
        Require.share("baseline", baseline);
        return clip(Math.max(baseline * (1 + RELATIVE_RISE), baseline + LEAST_RISE));
    }

    private static double clip(double mean) {
        return Math.clamp(mean, 0.0, 1.0);
    }
}
