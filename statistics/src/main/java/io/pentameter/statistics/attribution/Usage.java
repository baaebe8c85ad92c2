package io.pentameter.statistics.attribution;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What one item (a feature with a model) used in a period.
 *
 * @param requests its requests, 0 or more; 0 needs no tokens either
 * @param byType   tokens and price per token type, such as input, output, cached, reasoning
 */
public record Usage(BigDecimal requests, Map<String, Tokens> byType) {

    public Usage {
        Decimals.notNegative("requests", requests);
        byType = Map.copyOf(byType);
        if (requests.signum() == 0
                && byType.values().stream().anyMatch(tokens -> tokens.count().signum() > 0)) {
            throw new IllegalArgumentException("requests must be above 0 where tokens were used: " + requests);
        }
    }

    /**
     * Tokens of one type.
     *
     * @param count     number of tokens in the period, 0 or more
     * @param unitPrice price of one token, 0 or more
     */
    public record Tokens(BigDecimal count, BigDecimal unitPrice) {

        public Tokens {
            Decimals.notNegative("count", count);
            Decimals.notNegative("unitPrice", unitPrice);
        }
    }
}
