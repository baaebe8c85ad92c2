package io.pentameter.statistics.attribution;

import java.math.BigDecimal;

/** Refuses amounts whose digits would exhaust memory or that do not fit the ledger. */
final class Decimals {

    /** More digits on either side of the point than any price or amount has. */
    private static final int DIGITS = 100;

    private Decimals() {}

    static BigDecimal checked(String name, BigDecimal value) {
        if (Math.abs((long) value.scale()) > DIGITS || value.precision() > DIGITS) {
            throw new IllegalArgumentException("%s must have at most %d digits: precision %d, scale %d"
                    .formatted(name, DIGITS, value.precision(), value.scale()));
        }
        return value;
    }

    static BigDecimal notNegative(String name, BigDecimal value) {
        if (checked(name, value).signum() < 0) {
            throw new IllegalArgumentException("%s must be 0 or more: %s".formatted(name, value));
        }
        return value;
    }

    static int scale(int scale) {
        if (scale < 0 || scale > DIGITS) {
            throw new IllegalArgumentException("scale must be in 0..%d: %d".formatted(DIGITS, scale));
        }
        return scale;
    }
}
