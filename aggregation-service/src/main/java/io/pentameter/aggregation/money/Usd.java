package io.pentameter.aggregation.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** US dollars: nano-dollars in the tables, decimal text in the API, {@link BigDecimal} in between; never a double. */
public final class Usd {

    /** Digits after the point. */
    public static final int SCALE = 9;

    /** Largest amount, either sign: a billion dollars. */
    public static final BigDecimal MAX = new BigDecimal("1000000000");

    /** More digits than any amount or price has; a number with more is refused before anything is done with it. */
    private static final int MAX_DIGITS = 60;

    private Usd() {}

    public static BigDecimal ofNano(long nano) {
        return BigDecimal.valueOf(nano, SCALE);
    }

    /**
     * The amount in nano-dollars.
     *
     * @param amount with at most 9 digits after the point, at most {@link #MAX}
     */
    public static long nano(BigDecimal amount) {
        return amount.setScale(SCALE, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
    }

    /** Rounded half-even to the ledger's digits. */
    public static BigDecimal rounded(BigDecimal amount) {
        return amount.setScale(SCALE, RoundingMode.HALF_EVEN);
    }

    /** As the API writes it: {@code 12.5}, {@code -0.000000001}, {@code 0}. */
    public static String text(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }

    /** As {@link #text(BigDecimal)}. */
    public static String text(long nano) {
        return text(ofNano(nano));
    }

    /** What is wrong with an amount of either sign and any digits; empty if nothing is. */
    public static Optional<String> faultOf(BigDecimal amount) {
        if (amount.precision() > MAX_DIGITS || Math.abs((long) amount.scale()) > MAX_DIGITS) {
            return Optional.of("must have at most %d digits before and after the point".formatted(MAX_DIGITS));
        }
        return amount.abs().compareTo(MAX) > 0
                ? Optional.of("must be at most %s: %s".formatted(MAX.toPlainString(), amount.toPlainString()))
                : Optional.empty();
    }
}
