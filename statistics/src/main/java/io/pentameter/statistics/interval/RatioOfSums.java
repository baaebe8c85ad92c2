package io.pentameter.statistics.interval;

import java.util.List;

/**
 * Ratio of two sums over the same units, such as cost per successful outcome over conversations.
 *
 * <pre>R = Σx / Σy,   se = sqrt( n/(n-1) Σ(x_i - R y_i)² ) / Σy,   R ± z se</pre>
 *
 * <p>The delta method (linearisation): W. G. Cochran, Sampling Techniques, 3rd ed. 1977, section 6.4. The units are what is
 * independent of each other: conversations, not calls, because the calls of a conversation go together. Below
 * {@link #LEAST_UNITS} units, or where few units carry the denominator, the interval is too short, and says so.
 */
public final class RatioOfSums {

    /** Units below which the interval warns. */
    public static final int LEAST_UNITS = 30;

    /** Denominator below which the interval warns. */
    public static final double LEAST_DENOMINATOR = 10;

    private static final String METHOD = "ratio-of-sums-delta";

    private RatioOfSums() {}

    /**
     * Sums over the units.
     *
     * @param n  units, those without denominator included
     * @param x  sum of the numerators
     * @param y  sum of the denominators, 0 or more each
     * @param xx sum of the squares of the numerators
     * @param xy sum of the products
     * @param yy sum of the squares of the denominators
     */
    public record Sums(long n, double x, double y, double xx, double xy, double yy) {

        public Sums {
            Require.atLeast(0, "n", n);
            Require.finite("x", x);
            Require.notNegative("y", y);
            Require.notNegative("xx", xx);
            Require.finite("xy", xy);
            Require.notNegative("yy", yy);
        }
    }

    /** Unknown if the denominator is 0; an infinite interval if there is one unit only. */
    public static Estimate of(Sums sums, Confidence confidence) {
        if (sums.n() == 0 || sums.y() == 0) {
            return Estimate.unknown(Interval.EVERYTHING, confidence, METHOD);
        }
        double ratio = sums.x() / sums.y();
        double residual = Math.max(0, sums.xx() - 2 * ratio * sums.xy() + ratio * ratio * sums.yy());
        double error = sums.n() < 2
                ? Double.POSITIVE_INFINITY
                : Math.sqrt((double) sums.n() / (sums.n() - 1) * residual) / sums.y();
        Estimate estimate = new Estimate(
                ratio,
                error,
                NormalInterval.of(ratio, error, confidence),
                confidence,
                METHOD,
                SampleSize.simple(sums.n()),
                List.of());
        if (sums.n() >= LEAST_UNITS && sums.y() >= LEAST_DENOMINATOR) {
            return estimate;
        }
        return estimate.with(new Warning(
                "few-units",
                "The interval rests on %d units with %.0f in the denominator; below %d and %.0f it is too short."
                        .formatted(sums.n(), sums.y(), LEAST_UNITS, LEAST_DENOMINATOR)));
    }
}
