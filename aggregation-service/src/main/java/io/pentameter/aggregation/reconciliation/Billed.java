package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.invoice.InvoiceLine;
import io.pentameter.aggregation.invoice.TokenClass;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What invoices and usage reports say of one cell.
 *
 * @param usd     of all charges, credits taken off
 * @param charges how many charges there are
 * @param bound   most that the amounts may be off because of their own digits
 * @param use     tokens; empty if no usage report covers the cell
 */
record Billed(BigDecimal usd, long charges, BigDecimal bound, Optional<Use> use) {

    static final Billed NOTHING = new Billed(BigDecimal.ZERO, 0, BigDecimal.ZERO, Optional.empty());

    /**
     * Tokens by class.
     *
     * @param otherTier of these, on another service tier than the standard one
     */
    record Use(Map<TokenClass, Long> tokens, long otherTier) {

        static final Use NONE = new Use(Map.of(), 0);

        long of(TokenClass tokenClass) {
            return tokens.getOrDefault(tokenClass, 0L);
        }

        long all() {
            return tokens.values().stream().mapToLong(Long::longValue).sum();
        }

        private Use plus(Map<TokenClass, Long> more, boolean isOtherTier) {
            Map<TokenClass, Long> sum = new EnumMap<>(TokenClass.class);
            sum.putAll(tokens);
            more.forEach((tokenClass, count) -> sum.merge(tokenClass, count, Long::sum));
            long added = more.values().stream().mapToLong(Long::longValue).sum();
            return new Use(sum, isOtherTier ? otherTier + added : otherTier);
        }
    }

    /** With another line. Its usage counts only where usage is known at all. */
    Billed plus(InvoiceLine line) {
        return switch (line.what()) {
            case InvoiceLine.Charge(BigDecimal more, BigDecimal offBy, String _, String _) ->
                new Billed(usd.add(more), charges + 1, bound.add(offBy), use);
            case InvoiceLine.Use(Map<TokenClass, Long> tokens, long _) ->
                new Billed(
                        usd,
                        charges,
                        bound,
                        Optional.of(
                                use.orElse(Use.NONE).plus(tokens, !line.tier().isEmpty())));
        };
    }

    /** The same with usage known, if only to be none. */
    Billed withUse() {
        return use.isPresent() ? this : new Billed(usd, charges, bound, Optional.of(Use.NONE));
    }
}
