package io.pentameter.statistics.interval;

/**
 * The textbook interval {@code value ± z standardError}.
 *
 * <p>For values without bounds and large samples. Not for rates: near 0 and 1 it covers far less than it says (at a pass rate of
 * 97 % and 50 labels 73 % instead of 95 %); use {@link Wilson} or {@link Mover} there.
 *
 * <p>Source of the warning: L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16 (2001), 101–133.
 */
public final class NormalInterval {

    private NormalInterval() {}

    /** Plausible values; everything if {@code standardError} is infinite. */
    public static Interval of(double value, double standardError, Confidence confidence) {
        Require.finite("value", value);
        if (Double.isInfinite(standardError)) {
            return Interval.EVERYTHING;
        }
        double reach = confidence.z() * Require.notNegative("standardError", standardError);
        return new Interval(value - reach, value + reach);
    }
}
