package io.pentameter.statistics.interval;

import java.util.List;
import java.util.Objects;

/**
 * MOVER: the interval of a sum of independent estimates from their own intervals ("method of variance estimates recovery").
 *
 * <p>For {@code θ = Σ a t} with plausible {@code [l, u]} of each {@code t}: {@code L = θ - sqrt(Σ (a(t - l))²)} and
 * {@code U = θ + sqrt(Σ (a(u - t))²)}, with {@code l} and {@code u} swapped where {@code a < 0}. With Wilson intervals and
 * {@code a = (1, -1)} it is Newcombe's method 10 for a difference of rates. Source: G. Y. Zou and A. Donner, Statistics in
 * Medicine 27 (2008), 1693–1702; R. G. Newcombe, Statistics in Medicine 17 (1998), 873–890.
 *
 * <p>Assumes independent parts, each with an interval of the same confidence. It keeps the asymmetry that rates near 0 or 1
 * have, which {@code ± z} standard errors lose.
 */
public final class Mover {

    private Mover() {}

    /**
     * One term of the sum.
     *
     * @param coefficient factor of the estimate, finite; 0 leaves the part without any effect, whatever its interval
     * @param value       point estimate, finite, within {@code interval}
     * @param interval    its plausible values; ends may be infinite
     */
    public record Part(double coefficient, double value, Interval interval) {

        public Part {
            Require.finite("coefficient", coefficient);
            Require.finite("value", value);
            Objects.requireNonNull(interval, "interval");
            if (!interval.holds(value)) {
                throw new IllegalArgumentException(
                        "value must be in its interval %s..%s: %s".formatted(interval.low(), interval.high(), value));
            }
        }
    }

    /** The sum itself; 0 if there is no part. */
    public static double value(List<Part> parts) {
        double sum = 0;
        for (Part part : parts) {
            sum += part.coefficient() * part.value();
        }
        return sum;
    }

    /** Plausible values of the sum; {@code [0, 0]} if there is no part. The order of parts does not matter but for rounding. */
    public static Interval interval(List<Part> parts) {
        double below = 0;
        double above = 0;
        for (Part part : parts) {
            if (part.coefficient() != 0) { // 0 times an infinite end is 0 here
                double down =
                        part.coefficient() * (part.value() - part.interval().low());
                double up = part.coefficient() * (part.interval().high() - part.value());
                below = Math.hypot(below, part.coefficient() > 0 ? down : up);
                above = Math.hypot(above, part.coefficient() > 0 ? up : down);
            }
        }
        double sum = value(parts);
        return new Interval(sum - below, sum + above);
    }

    /** Plausible values of {@code former - latter}, two independent estimates. */
    public static Interval ofDifference(double former, Interval ofFormer, double latter, Interval ofLatter) {
        return interval(List.of(new Part(1, former, ofFormer), new Part(-1, latter, ofLatter)));
    }
}
