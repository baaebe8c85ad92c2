package io.pentameter.ingest.feedback;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A rating on a scale.
 *
 * @param value from min to max, both included
 * @param max   above min
 */
record Rating(BigDecimal value, BigDecimal min, BigDecimal max) {

    /** One to five stars: the scale of a rating that names none, and the one that all are compared on. */
    static final BigDecimal STANDARD_MIN = BigDecimal.ONE;

    static final BigDecimal STANDARD_MAX = BigDecimal.valueOf(5);

    private static final double PASSING = 4;

    /** The value on the scale from 1 to 5, linearly. */
    double onStandardScale() {
        if (isStandard()) {
            return value.doubleValue();
        }
        return 1
                + 4
                        * value.subtract(min)
                                .divide(max.subtract(min), MathContext.DECIMAL64)
                                .doubleValue();
    }

    boolean isPassed() {
        return onStandardScale() >= PASSING;
    }

    /** As it was given, {@code 8 of 0..10}; empty on the standard scale. */
    String label() {
        return isStandard() ? "" : value.toPlainString() + " of " + min.toPlainString() + ".." + max.toPlainString();
    }

    private boolean isStandard() {
        return min.compareTo(STANDARD_MIN) == 0 && max.compareTo(STANDARD_MAX) == 0;
    }
}
