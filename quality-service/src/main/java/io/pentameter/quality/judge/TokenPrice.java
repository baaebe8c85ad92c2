package io.pentameter.quality.judge;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What the tokens of a judge's model cost, in nano-dollars for one token. 0 for a model that the tenant runs itself.
 *
 * @param input  price of a token that the judge reads, 0 or more
 * @param output price of a token that it writes, 0 or more
 */
public record TokenPrice(BigDecimal input, BigDecimal output) {

    /** One dollar for a million tokens is a thousand nano-dollars for one. */
    private static final BigDecimal NANO_PER_TOKEN = BigDecimal.valueOf(1_000);

    public TokenPrice {
        if (input.signum() < 0 || output.signum() < 0) {
            throw new IllegalArgumentException("prices must be 0 or more: %s, %s".formatted(input, output));
        }
    }

    /** From dollars for a million tokens, as providers publish them. */
    static TokenPrice ofUsdPerMillion(BigDecimal input, BigDecimal output) {
        return new TokenPrice(input.multiply(NANO_PER_TOKEN), output.multiply(NANO_PER_TOKEN));
    }

    BigDecimal inputUsdPerMillion() {
        return plain(input);
    }

    BigDecimal outputUsdPerMillion() {
        return plain(output);
    }

    /** Cost of a call in nano-dollars, rounded up: a budget is never undercut by rounding. */
    long nanoUsd(long inputTokens, long outputTokens) {
        return input.multiply(BigDecimal.valueOf(inputTokens))
                .add(output.multiply(BigDecimal.valueOf(outputTokens)))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    private static BigDecimal plain(BigDecimal nano) {
        BigDecimal usd = nano.divide(NANO_PER_TOKEN).stripTrailingZeros();
        return usd.scale() < 0 ? usd.setScale(0, RoundingMode.UNNECESSARY) : usd;
    }
}
