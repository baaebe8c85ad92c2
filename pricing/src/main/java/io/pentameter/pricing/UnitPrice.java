package io.pentameter.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Price of one unit.
 *
 * @param nanoUsd in 1e-9 US dollars, 0 or more
 * @param text    the same as plain decimal text
 */
record UnitPrice(BigDecimal nanoUsd, String text) {

    UnitPrice {
        if (nanoUsd.signum() < 0) {
            throw new IllegalArgumentException("nanoUsd must be 0 or more: " + nanoUsd);
        }
    }

    static UnitPrice of(BigDecimal nanoUsd) {
        BigDecimal plain = nanoUsd.stripTrailingZeros();
        plain = plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain;
        return new UnitPrice(plain, plain.toPlainString());
    }

    /** Amount for so many units, rounded half to even to a whole nano-dollar. */
    long amount(long units) {
        return nanoUsd.multiply(BigDecimal.valueOf(units))
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
