package io.pentameter.aggregation.trace;

import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.generation.Generations;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what repricings made of the costs of a trace's spans. */
final class SqlTraceCosts {

    private final Reads reads;
    private final String tenant;

    SqlTraceCosts(Reads reads, String tenant) {
        this.reads = reads;
        this.tenant = tenant;
    }

    /** Of which span, and of which receipt of it: a span that comes again costs what it comes with. */
    record Key(String span, long version) {}

    private record Row(Key key, SpanView.Priced priced) {}

    /** @param window that holds the starts of its spans */
    Map<Key, SpanView.Priced> of(String traceId, Window window) {
        Generations generations =
                SqlLedger.of(reads, tenant, window, PriceBasis.AS_PRICED_NOW).generations();
        if (generations.isEmpty()) {
            return Map.of();
        }
        Bindings bindings = new Bindings();
        String where = TenantQuery.TENANT + " AND start >= " + bindings.instant(window.from()) + " AND start < "
                + bindings.instant(window.to()) + " AND trace_id = " + bindings.hex(traceId);
        String sql = "SELECT lower(hex(r_span)) AS span, r_version, known, nano, reason, by_version, by_price, buckets,"
                + " units, unit_prices, parts FROM (" + generations.repriced(where, bindings) + ")";
        List<Row> rows = reads.read(new TenantQuery(tenant, sql, bindings), SqlTraceCosts::row);
        Map<Key, SpanView.Priced> costs = new HashMap<>();
        rows.forEach(row -> costs.put(row.key(), row.priced()));
        return costs;
    }

    private static Row row(ResultSet row) throws SQLException {
        boolean known = row.getBoolean("known");
        return new Row(
                new Key(row.getString("span"), row.getLong("r_version")),
                new SpanView.Priced(
                        known,
                        known ? SqlSpanRow.dollars(row.getLong("nano")) : null,
                        row.getString("reason"),
                        row.getString("by_version"),
                        row.getString("by_price"),
                        SqlSpanRow.parts(row, "buckets", "units", "unit_prices", "parts")));
    }
}
