package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.aggregation.engine.TenantQuery;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes down how far invoices and ledger are apart, so that rules can watch it. */
final class SqlVariances {

    private static final String TABLE = "invoice_variance";
    private static final List<String> COLUMNS =
            List.of("tenant", "at", "provider", "invoice_nano", "ledger_nano", "share");
    private static final int SHARE_DIGITS = 12;

    /** Stands for the share of a provider that can be compared no more: what was found before does not hold. */
    private static final double NOT_COMPARED = -1;

    private final Reads reads;
    private final Inserts inserts;

    SqlVariances(Reads reads, Inserts inserts) {
        this.reads = reads;
        this.inserts = inserts;
    }

    /**
     * What one look found. A provider that was compared before and is not any more, because its invoices were withdrawn or are
     * older than the look goes back, is unknown from now on.
     *
     * @param results those without a day that could be compared are not compared
     */
    void store(String tenant, Instant at, List<Reconciliation.Result> results) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, at);
        RowBinary rows = new RowBinary();
        Set<String> compared = new HashSet<>();
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
                compared.add(result.provider());
            }
        }
        List<String> unknown = watched(tenant).stream()
                .filter(provider -> !compared.contains(provider))
                .toList();
        unknown.forEach(provider -> rows.string(tenant)
                .int64(micros)
                .string(provider)
                .int64(0)
                .int64(0)
                .float64(NOT_COMPARED)
                .endRow());
        if (!(compared.isEmpty() && unknown.isEmpty())
                && !(inserts.insert(TABLE, COLUMNS, rows, TABLE + " " + tenant + " " + micros)
                        instanceof Insertion.Stored)) {
            throw new IllegalStateException("the engine does not take rows of " + TABLE);
        }
    }

    /** Providers whose latest look compared them. */
    private List<String> watched(String tenant) {
        String sql = "SELECT provider FROM " + TABLE + " FINAL WHERE " + TenantQuery.TENANT
                + " GROUP BY provider HAVING argMax(share, at) >= 0 ORDER BY provider";
        return reads.read(new TenantQuery(tenant, sql, new Bindings()), row -> row.getString(1));
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
