package io.pentameter.aggregation.cost;

import java.math.BigDecimal;

/** Amounts of US dollars as the API writes them: decimal text with at most nine digits after the point. */
public final class Usd {

    /** Digits of the ledger. */
    public static final int SCALE = 9;

    private Usd() {}

    /** @param nano in 1e-9 USD */
    public static String of(long nano) {
        return of(BigDecimal.valueOf(nano, SCALE));
    }

    /** Without zeros at the end and without exponent. */
    public static String of(BigDecimal dollars) {
        return dollars.signum() == 0 ? "0" : dollars.stripTrailingZeros().toPlainString();
    }
}
