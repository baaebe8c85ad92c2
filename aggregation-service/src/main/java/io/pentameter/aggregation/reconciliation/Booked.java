package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.invoice.TokenClass;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the ledger has of one cell.
 *
 * @param usd       of the calls whose price is known
 * @param calls     that should have a price
 * @param unpriced  of these, those that have none
 * @param priced    tokens of the priced calls
 * @param parts     dollars for these tokens
 * @param waiting   tokens of the calls that have no price
 * @param otherTier of all tokens, those on another service tier than the standard one
 */
record Booked(
        BigDecimal usd,
        long calls,
        long unpriced,
        Map<TokenClass, Long> priced,
        Map<TokenClass, BigDecimal> parts,
        Map<TokenClass, Long> waiting,
        long otherTier) {

    static final Booked NOTHING = new Booked(BigDecimal.ZERO, 0, 0, Map.of(), Map.of(), Map.of(), 0);

    Booked plus(Booked other) {
        return new Booked(
                usd.add(other.usd),
                calls + other.calls,
                unpriced + other.unpriced,
                sum(priced, other.priced),
                sums(parts, other.parts),
                sum(waiting, other.waiting),
                otherTier + other.otherTier);
    }

    long pricedTokens() {
        return priced.values().stream().mapToLong(Long::longValue).sum();
    }

    long waitingTokens() {
        return waiting.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<TokenClass, Long> sum(Map<TokenClass, Long> one, Map<TokenClass, Long> other) {
        Map<TokenClass, Long> sum = new EnumMap<>(TokenClass.class);
        sum.putAll(one);
        other.forEach((tokenClass, count) -> sum.merge(tokenClass, count, Long::sum));
        return sum;
    }

    private static Map<TokenClass, BigDecimal> sums(
            Map<TokenClass, BigDecimal> one, Map<TokenClass, BigDecimal> other) {
        Map<TokenClass, BigDecimal> sum = new EnumMap<>(TokenClass.class);
        sum.putAll(one);
        other.forEach((tokenClass, usd) -> sum.merge(tokenClass, usd, BigDecimal::add));
        return sum;
    }
}
