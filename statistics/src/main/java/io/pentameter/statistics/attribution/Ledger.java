package io.pentameter.statistics.attribution;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;

/**
 * Arithmetic of the ledger: multiply exactly, round once, compare with the invoice.
 *
 * <p>Quantum 1e-9 USD, half-even ({@code NUMERIC(38,9)}). Never doubles.
 *
 * <p>The quantum and the tolerated 0.5 % are Pentameter's choice. Not for estimates, which are doubles with intervals.
 */
public final class Ledger {

    /** A difference to the invoice beyond 0.5 % raises an alert. */
    private static final BigDecimal TOLERATED = new BigDecimal("0.005");

    private Ledger() {}

    /** Cost of an attempt: {@code Σ tokens · unit price}, rounded once to the ledger's quantum. */
    public static BigDecimal cost(Collection<Usage.Tokens> tokens) {
        return tokens.stream()
                .map(type -> type.count().multiply(type.unitPrice()))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(Allocation.LEDGER_SCALE, RoundingMode.HALF_EVEN);
    }

    /**
     * What must be booked so that the ledger agrees with the provider's invoice.
     *
     * @param adjustment invoice less ledger
     * @param alerts     whether it exceeds 0.5 % of the invoice
     */
    public record Reconciliation(BigDecimal adjustment, boolean alerts) {}

    /** Compares invoice and ledger of one provider and period. */
    public static Reconciliation reconcile(BigDecimal invoice, BigDecimal ledger) {
        BigDecimal adjustment = Decimals.checked("invoice", invoice).subtract(Decimals.checked("ledger", ledger));
        return new Reconciliation(
                adjustment, adjustment.abs().compareTo(invoice.abs().multiply(TOLERATED)) > 0);
    }
}
