package io.pentameter.aggregation.focus;

import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.money.Usd;
import java.util.Locale;

/**
 * For how much of the traffic a file speaks.
 *
 * @param calls  share of the calls that have a price, four digits; {@code unknown} if there are none
 * @param tokens likewise
 * @param usd    the ledger's sum
 */
record SqlCoverage(String calls, String tokens, String usd) {

    static SqlCoverage read(Reads reads, String tenant, SqlLedger ledger, Window window) {
        Bindings bindings = new Bindings();
        return reads.read(
                        new TenantQuery(tenant, FocusSql.coverage(ledger, window, bindings), bindings),
                        row -> new SqlCoverage(
                                share(row.getLong("priced"), row.getLong("calls")),
                                share(row.getLong("priced_tokens"), row.getLong("tokens")),
                                Usd.text(row.getLong("nano"))))
                .getFirst();
    }

    private static String share(long part, long whole) {
        return whole == 0 ? "unknown" : String.format(Locale.ROOT, "%.4f", (double) part / whole);
    }
}
