package io.pentameter.statistics.interval;

/**
 * A closed range of plausible values, {@code low <= high}; either end may be infinite.
 *
 * @param low  smallest plausible value, included
 * @param high largest plausible value, included
 */
public record Interval(double low, double high) {

    /** Everything that a rate can be. */
    public static final Interval UNIT = new Interval(0, 1);

    /** Nothing is known about a value without bounds. */
    public static final Interval EVERYTHING = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Interval {
        if (!(low <= high)) { // also refuses NaN
            throw new IllegalArgumentException("low must not exceed high: %s > %s".formatted(low, high));
        }
    }

    /** Whether {@code value} lies in the range, both ends included; never for NaN. */
    public boolean holds(double value) {
        return low <= value && value <= high;
    }

    /** Distance of the ends; infinite if an end is. */
    public double width() {
        return high - low;
    }

    /** {@code value} itself if it lies in the range, else the nearer end; NaN stays NaN. */
    public double nearest(double value) {
        return Double.isNaN(value) ? value : Math.min(high, Math.max(low, value));
    }

    /** Both ends moved into {@code limits}. */
    public Interval clippedTo(Interval limits) {
        return new Interval(limits.nearest(low), limits.nearest(high));
    }

    /** The plausible values of {@code 1 - x} when this range holds those of {@code x}. */
    public Interval complement() {
        return new Interval(1 - high, 1 - low);
    }
}
