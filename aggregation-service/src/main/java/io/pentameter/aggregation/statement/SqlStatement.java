package io.pentameter.aggregation.statement;

import io.pentameter.aggregation.cost.Keys;
import io.pentameter.aggregation.cost.LedgerSql;
import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the ledger of a month by day and by the values of a dimension. */
final class SqlStatement {

    private static final String TOKENS =
            "in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio"
                    + " + in_image + out_text + out_reasoning + out_audio";

    private final Reads reads;
    private final String tenant;

    SqlStatement(Reads reads, String tenant) {
        this.reads = reads;
        this.tenant = tenant;
    }

    /** Sums of a line; nano in 1e-9 USD. */
    record Sums(long nano, long requests, long calls, long priced, long tokens) {

        static final Sums NONE = new Sums(0, 0, 0, 0, 0);

        Sums plus(Sums other) {
            return new Sums(
                    Math.addExact(nano, other.nano),
                    requests + other.requests,
                    calls + other.calls,
                    priced + other.priced,
                    tokens + other.tokens);
        }
    }

    /**
     * The month.
     *
     * @param lines  by value, the dearest first; empty text where it is not known
     * @param others what all values beyond the limit have together
     * @param hidden how many these are
     * @param days   nano-dollars by day and value, {@link Keys#OTHER} for those beyond the limit
     */
    record Found(Map<String, Sums> lines, Sums others, long hidden, Map<Instant, Map<String, Long>> days) {}

    /** One statement, so that days and lines are of the same moment. */
    Found read(StatementQuery query, int limit) {
        SqlLedger ledger = SqlLedger.of(reads, tenant, query.window(), query.basis());
        Bindings bindings = new Bindings();
        String value = query.by().sql(bindings);
        String top = "SELECT " + value + " AS v, sum(" + LedgerSql.PAID + ") AS paid "
                + ledger.spans(query.window(), List.of(), bindings)
                + " GROUP BY v ORDER BY paid DESC, v LIMIT " + limit;
        List<String> values = run(top, bindings, row -> row.getString(1));
        Bindings again = new Bindings();
        String key = Keys.sql(
                List.of(query.by().sql(again)), values.stream().map(List::of).toList(), again);
        String sql = "SELECT k, toUnixTimestamp(day) AS day_at, sum(paid) AS nano, countIf(is_request) AS requests,"
                + " countIf(call) AS calls, countIf(priced) AS priced, sum(tokens) AS tokens, uniqExact(v) AS values_of FROM"
                + " (SELECT " + key + " AS k, " + query.by().sql(again)
                + " AS v, toStartOfDay(toDateTime(start, 'UTC'), 'UTC') AS day, " + LedgerSql.PAID
                + " AS paid, is_request,"
                + " (has_cost OR has_usage) AND NOT usage_repeated AS call, cost_known AND NOT usage_repeated AS priced,"
                + " if(usage_repeated, 0, " + TOKENS + ") AS tokens "
                + ledger.spans(query.window(), List.of(), again)
                + ") GROUP BY GROUPING SETS ((k, day), (k)) ORDER BY k, day";
        Map<String, Sums> lines = new LinkedHashMap<>();
        values.forEach(it -> lines.put(it, Sums.NONE));
        Sums others = Sums.NONE;
        long hidden = 0;
        Map<Instant, Map<String, Long>> days = new HashMap<>();
        for (Row row : run(sql, again, SqlStatement::row)) {
            if (row.day().equals(Instant.EPOCH)) {
                hidden = row.key().equals(Keys.OTHER) ? row.values() : hidden;
                continue;
            }
            days.computeIfAbsent(row.day(), _ -> new HashMap<>())
                    .merge(row.key(), row.sums().nano(), Math::addExact);
            if (row.key().equals(Keys.OTHER)) {
                others = others.plus(row.sums());
            } else {
                lines.merge(row.key(), row.sums(), Sums::plus);
            }
        }
        return new Found(lines, others, hidden, days);
    }

    private record Row(String key, Instant day, long values, Sums sums) {}

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("k"),
                Instant.ofEpochSecond(row.getLong("day_at")),
                row.getLong("values_of"),
                new Sums(
                        row.getLong("nano"),
                        row.getLong("requests"),
                        row.getLong("calls"),
                        row.getLong("priced"),
                        row.getLong("tokens")));
    }

    private <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row) {
        return new ArrayList<>(reads.read(new TenantQuery(tenant, sql, bindings), row));
    }
}
