package io.pentameter.statistics.interval;

import java.util.function.DoubleUnaryOperator;

/**
 * Woodruff's interval for a quantile: the interval of the cumulative share, read back through the quantile function.
 *
 * <p>{@code [F⁻¹(q - z se), F⁻¹(q + z se)]} with {@code se} the standard error of the estimated share below the quantile.
 * Source: R. S. Woodruff, JASA 47 (1952), 635–646.
 *
 * <p>Works for any sampling design whose share has a standard error. Levels that leave 0..1 are moved to 0 or 1, so the
 * interval never leaves what was observed; in a thin tail the truth may, therefore show a quantile only with ten or more
 * effective observations beyond it.
 */
public final class Woodruff {

    /** Effective observations beyond the quantile below which its interval must not be trusted. */
    public static final double LEAST_IN_TAIL = 10;

    private Woodruff() {}

    /**
     * Plausible values of the {@code q}-quantile.
     *
     * @param q             between 0 and 1, ends excluded
     * @param standardError of the estimated share of values up to the quantile, 0 or more
     * @param quantileOf    the estimated quantile function on 0..1, never falling
     */
    public static Interval interval(
            double q, double standardError, Confidence confidence, DoubleUnaryOperator quantileOf) {
        Require.betweenZeroAndOne("q", q);
        Require.notNegative("standardError", standardError);
        double reach = confidence.z() * standardError;
        return new Interval(
                quantileOf.applyAsDouble(Math.max(0, q - reach)), quantileOf.applyAsDouble(Math.min(1, q + reach)));
    }

    /** Whether so many effective observations leave {@link #LEAST_IN_TAIL} on the thinner side of the quantile. */
    public static boolean isSupported(double q, double effective) {
        Require.betweenZeroAndOne("q", q);
        return effective * Math.min(q, 1 - q) >= LEAST_IN_TAIL * (1 - 1e-12); // 1000 * (1 - 0.99) is a hair below 10
    }
}
