package io.pentameter.aggregation.whatif;

import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Prices the stored usage of calls again, within the engine. Nothing is written. */
final class SqlWhatIf {

    private final Reads reads;
    private final String tenant;

    SqlWhatIf(Reads reads, String tenant) {
        this.reads = reads;
        this.tenant = tenant;
    }

    /** Sums over calls; amounts in nano-dollars, those of both costs over the calls of which both are known. */
    record Sums(long calls, long both, long actual, long whatIf, long unknown, long newly, long newlyNano) {

        static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, 0);

        Sums minus(Sums other) {
            return new Sums(
                    calls - other.calls,
                    both - other.both,
                    actual - other.actual,
                    whatIf - other.whatIf,
                    unknown - other.unknown,
                    newly - other.newly,
                    newlyNano - other.newlyNano);
        }
    }

    /** @param value empty where it is not known */
    record Group(String value, Sums sums) {}

    /** @param groups how many there are */
    record Found(List<Group> shown, Sums whole, long groups) {}

    Found read(WhatIfQuery query, Tariff tariff) {
        Bindings bindings = new Bindings();
        String group = query.groupBy().map(dimension -> dimension.sql(bindings)).orElse("''");
        String calls =
                "SELECT " + group + " AS g, cost_known AS is_priced, " + tariff.isKnown() + " AS would_be, cost_nano AS"
                        + " actual, if(would_be, " + tariff.amount() + ", 0) AS amount "
                        + SqlLedger.of(reads, tenant, query.window(), query.basis())
                                .spans(query.window(), query.filters(), bindings)
                        + " AND kind = 'model_call' AND (has_cost OR has_usage) AND NOT usage_repeated";
        String sql =
                "SELECT g, grouping(g) AS whole, uniqExact(g) AS groups, count() AS calls, countIf(is_priced AND would_be)"
                        + " AS compared, sumIf(actual, is_priced AND would_be) AS actual_nano, sumIf(amount, is_priced AND would_be) AS"
                        + " amount_nano, countIf(NOT would_be) AS unknown, countIf(would_be AND NOT is_priced) AS newly,"
                        + " sumIf(amount, would_be AND NOT is_priced) AS newly_nano FROM (" + calls
                        + ") GROUP BY GROUPING SETS ((g), ()) ORDER BY whole DESC, actual_nano + newly_nano DESC, g LIMIT "
                        + (query.limit() + 1);
        Sums whole = Sums.NONE;
        long groups = 0;
        List<Group> shown = new ArrayList<>();
        for (Row row : reads.read(new TenantQuery(tenant, sql, bindings), SqlWhatIf::row)) {
            if (row.whole()) {
                whole = row.sums();
                groups = row.groups();
            } else if (shown.size() < query.limit()) {
                shown.add(new Group(row.value(), row.sums()));
            }
        }
        return new Found(shown, whole, groups);
    }

    private record Row(String value, boolean whole, long groups, Sums sums) {}

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("g"),
                row.getInt("whole") == 1,
                row.getLong("groups"),
                new Sums(
                        row.getLong("calls"),
                        row.getLong("compared"),
                        row.getLong("actual_nano"),
                        row.getLong("amount_nano"),
                        row.getLong("unknown"),
                        row.getLong("newly"),
                        row.getLong("newly_nano")));
    }
}
