package io.pentameter.pricing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Price of one unit.
 *
 * @param nanoUsd in 1e-9 US dollars, 0 or more, at most {@value #SCALE} decimal places
 * @param text    the same as plain decimal text
 */
public record UnitPrice(BigDecimal nanoUsd, String text) {

    /** Decimal places of a nano-dollar. What factors make of a price is rounded to it, half to even. */
    public static final int SCALE = 9;

    /** The largest amount, in nano-dollars; nobody's call costs nine billion dollars. */
    public static final long MAX_AMOUNT = 9_000_000_000_000_000_000L;

    /** Most units of a call: nobody's call has a quadrillion tokens, and sums of prices stay within 128 bits. */
    public static final long MAX_UNITS = 1_000_000_000_000_000L;

    private static final BigDecimal MAX = BigDecimal.valueOf(MAX_AMOUNT);

    public UnitPrice {
        if (nanoUsd.signum() < 0) {
            throw new IllegalArgumentException("nanoUsd must be 0 or more: " + nanoUsd);
        }
    }

    static UnitPrice of(BigDecimal nanoUsd) {
        BigDecimal plain = nanoUsd.setScale(SCALE, RoundingMode.HALF_EVEN).stripTrailingZeros();
        plain = plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain;
        return new UnitPrice(plain, plain.toPlainString());
    }

    UnitPrice times(BigDecimal factor) {
        return of(nanoUsd.multiply(factor));
    }

    /** The price in units of 1e-18 US dollars. */
    public BigInteger scaled() {
        return nanoUsd.movePointRight(SCALE).toBigIntegerExact();
    }

    /** Amount for so many units, rounded half to even to a whole nano-dollar; -1 if it is above {@link #MAX_AMOUNT}, or they are above {@link #MAX_UNITS}. */
    long amount(long units) {
        if (units > MAX_UNITS) {
            return -1;
        }
        BigDecimal amount = nanoUsd.multiply(BigDecimal.valueOf(units)).setScale(0, RoundingMode.HALF_EVEN);
        return amount.compareTo(MAX) > 0 ? -1 : amount.longValueExact();
    }
}
