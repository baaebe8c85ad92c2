package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.RowBinary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes down how far invoices and ledger are apart, so that rules can watch it. */
final class SqlVariances {

    private static final String TABLE = "invoice_variance";
    private static final List<String> COLUMNS =
            List.of("tenant", "at", "provider", "invoice_nano", "ledger_nano", "share");
    private static final int SHARE_DIGITS = 12;

    private final Inserts inserts;

    SqlVariances(Inserts inserts) {
        this.inserts = inserts;
    }

    /**
     * What one look found.
     *
     * @param results those without a day that could be compared are left out
     */
    void store(String tenant, Instant at, List<Reconciliation.Result> results) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        RowBinary rows = new RowBinary();
        boolean isEmpty = true;
        for (Reconciliation.Result result : results) {
            if (!result.usable().charged().isEmpty()) {
                BigDecimal invoice = result.comparison().total().invoice();
                BigDecimal ledger = result.comparison().total().ledger().add(result.adjusted());
                rows.string(tenant)
                        .int64(micros)
                        .string(result.provider())
                        .int64(nano(invoice))
                        .int64(nano(ledger))
                        .float64(share(invoice, ledger))
                        .endRow();
                isEmpty = false;
            }
        }
        if (!isEmpty
                && !(inserts.insert(TABLE, COLUMNS, rows, TABLE + " " + tenant + " " + micros)
                        instanceof Insertion.Stored)) {
            throw new IllegalStateException("the engine does not take rows of " + TABLE);
        }
    }

    static double share(BigDecimal invoice, BigDecimal ledger) {
        BigDecimal remaining = invoice.subtract(ledger).abs();
        if (invoice.signum() == 0) {
            return remaining.signum() == 0 ? 0 : 1;
        }
        return remaining
                .divide(invoice.abs(), SHARE_DIGITS, RoundingMode.HALF_EVEN)
                .doubleValue();
    }

    private static long nano(BigDecimal usd) {
        return usd.movePointRight(9).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }
}
