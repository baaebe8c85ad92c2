package io.pentameter.statistics.verification;

import io.pentameter.statistics.interval.Interval;

/**
 * One measured number beside the published one.
 *
 * @param what      which number, such as {@code coverage at n=30}
 * @param published the published figure as printed, with its source if it is not that of the study; {@code -} if none
 * @param measured  what this run measured
 * @param error     Monte-Carlo standard error of {@code measured}, 0 or more; 0 if it is exact
 * @param accepted  values of the quantity itself (not of a noisy measurement of it) that agree with the publication
 */
public record Figure(String what, String published, double measured, double error, Interval accepted) {

    /** How many Monte-Carlo errors a measurement may lie outside of what is accepted before it counts as different. */
    private static final double NOISE = 3;

    public Figure {
        if (!(error >= 0)) {
            throw new IllegalArgumentException("error must be 0 or more: " + error);
        }
    }

    /** A figure that agrees when it is {@code published} within {@code tolerance}. */
    public static Figure near(String what, double published, double tolerance, Measured measured) {
        return new Figure(
                what,
                String.valueOf(published),
                measured.value(),
                measured.error(),
                new Interval(published - tolerance, published + tolerance));
    }

    /** A figure that agrees when it is {@code least} or more. */
    public static Figure atLeast(String what, double least, Measured measured) {
        return new Figure(
                what, ">= " + least, measured.value(), measured.error(), new Interval(least, Double.POSITIVE_INFINITY));
    }

    /** A figure that agrees when it is {@code most} or less. */
    public static Figure atMost(String what, double most, Measured measured) {
        return new Figure(
                what, "<= " + most, measured.value(), measured.error(), new Interval(Double.NEGATIVE_INFINITY, most));
    }

    /** What the number says about the publication. */
    public Verdict verdict() {
        if (accepted.holds(measured)) {
            return Verdict.AGREES;
        }
        double outside = Math.abs(measured - accepted.nearest(measured));
        return outside <= NOISE * error ? Verdict.WITHIN_NOISE : Verdict.DIFFERS; // NaN differs
    }

    /** Outcome of the comparison. */
    public enum Verdict {
        /** In the accepted range. */
        AGREES,
        /** Outside, but by no more than three Monte-Carlo errors. */
        WITHIN_NOISE,
        /** Outside by more than chance explains. */
        DIFFERS
    }

    /** A simulated quantity with its Monte-Carlo standard error. */
    public record Measured(double value, double error) {}
}
