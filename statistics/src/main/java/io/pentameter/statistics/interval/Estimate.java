package io.pentameter.statistics.interval;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What every estimator of this module answers: a number, how sure it is, how it was made and on how much it rests.
 *
 * @param value         point estimate; NaN if nothing is known, then {@code interval} is all that is possible
 * @param standardError standard error of {@code value}, 0 or more; infinite if nothing is known about it. The interval need
 *                      not be {@code value ± z standardError}: near 0 and 1 it is not
 * @param interval      plausible values at {@code confidence}
 * @param confidence    long-run share of intervals that hold the truth
 * @param method        name of the method in kebab-case, such as {@code wilson}
 * @param size          observations, effective size, labels
 * @param warnings      what a reader must know, in the order found; empty if nothing
 */
public record Estimate(
        double value,
        double standardError,
        Interval interval,
        Confidence confidence,
        String method,
        SampleSize size,
        List<Warning> warnings) {

    public Estimate {
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(confidence, "confidence");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(size, "size");
        warnings = List.copyOf(warnings);
        if (!(standardError >= 0)) {
            throw new IllegalArgumentException("standardError must be 0 or more: " + standardError);
        }
    }

    /** The answer of {@code method} to no data: no value, every value of {@code possible} is plausible. */
    public static Estimate unknown(Interval possible, Confidence confidence, String method) {
        return new Estimate(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                possible,
                confidence,
                method,
                SampleSize.simple(0),
                List.of(Warning.noData()));
    }

    /** Whether there is a value at all. */
    public boolean isKnown() {
        return !Double.isNaN(value);
    }

    /** Same estimate with {@code more} after the warnings it has. */
    public Estimate with(Warning more) {
        List<Warning> all = new ArrayList<>(warnings);
        all.add(more);
        return new Estimate(value, standardError, interval, confidence, method, size, all);
    }

    /** Whether a warning with this code is among the {@link #warnings}. */
    public boolean warnsOf(String code) {
        return warnings.stream().anyMatch(warning -> warning.code().equals(code));
    }
}
