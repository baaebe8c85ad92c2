package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Segments;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.rollup.DirtySql;
import io.pentameter.aggregation.rollup.RollupTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads the groups of a cost query and the whole in one statement, so that what is not shown is the difference, exactly.
 *
 * <p>From sealed buckets where all dimensions and filters are in a rollup, and the spans for the rest; from the spans alone for
 * a customer, a tag, an attribute.
 */
final class SqlCosts {

    private final Reads reads;
    private final String tenant;
    private final boolean useRollups;

    SqlCosts(Reads reads, String tenant, boolean useRollups) {
        this.reads = reads;
        this.tenant = tenant;
        this.useRollups = useRollups;
    }

    /** @param values one for each dimension; empty text where it is not known */
    record Group(List<String> values, CostSums sums) {

        Group {
            values = List.copyOf(values);
        }
    }

    /**
     * @param shown  largest first, at most as many as asked for
     * @param groups how many there are
     */
    record Found(List<Group> shown, CostSums whole, long groups) {}

    Found read(CostQuery query) {
        Bindings bindings = new Bindings();
        String partial =
                query.isByTag() || query.isByTokenClass() ? ofParts(query, bindings) : ofSpans(query, bindings);
        List<Row> rows = run(statement(query, partial), bindings, row -> row(row, query));
        CostSums whole = CostSums.none();
        long groups = 0;
        List<Group> shown = new ArrayList<>();
        for (Row row : rows) {
            if (row.whole()) {
                whole = row.sums();
                groups = row.groups();
            } else if (shown.size() < query.limit()) {
                shown.add(new Group(row.values(), row.sums()));
            }
        }
        return new Found(shown, whole, groups);
    }

    private record Row(boolean whole, long groups, List<String> values, CostSums sums) {}

    private static Row row(ResultSet row, CostQuery query) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < query.groupBy().size(); i++) {
            values.add(row.getString("g" + i));
        }
        Map<Additive, Double> counts = new EnumMap<>(Additive.class);
        Map<Additive, Long> amounts = new EnumMap<>(Additive.class);
        for (Additive what : Additive.values()) {
            if (what.isOfWholeCalls()) {
                counts.put(what, row.getDouble(what.column()));
            } else {
                amounts.put(what, row.getLong(what.column()));
            }
        }
        return new Row(row.getInt("whole") == 1, row.getLong("groups"), values, new CostSums(counts, amounts));
    }

    private static String statement(CostQuery query, String partial) {
        String sums = Arrays.stream(Additive.values())
                .map(what -> "sum(u_%1$s) AS %1$s".formatted(what.column()))
                .collect(Collectors.joining(", "));
        if (query.groupBy().isEmpty()) {
            return "SELECT 1 AS whole, 1 AS groups, " + sums + " FROM (" + partial + ")";
        }
        List<String> names = names(query);
        String columns = String.join(", ", names);
        String each = "SELECT " + columns + ", "
                + Arrays.stream(Additive.values())
                        .map(what -> "sum(u_%1$s) AS u_%1$s".formatted(what.column()))
                        .collect(Collectors.joining(", "))
                + " FROM (" + partial + ") GROUP BY " + columns;
        return "SELECT " + columns + ", grouping(" + names.getLast() + ") AS whole, count() AS groups, " + sums
                + " FROM (" + each + ") GROUP BY GROUPING SETS ((" + columns + "), ()) ORDER BY whole DESC, "
                + query.order().column() + " DESC, " + columns + " LIMIT " + (query.limit() + 1);
    }

    private String ofParts(CostQuery query, Bindings bindings) {
        String split = LedgerSql.split(
                ledger(query).spans(query.window(), query.filters(), bindings),
                query.isByTokenClass(),
                query.isByTag());
        String sums = Arrays.stream(Additive.values())
                .map(what -> what.overParts(query.isByTokenClass()) + " AS u_" + what.column())
                .collect(Collectors.joining(", "));
        return "SELECT " + select(query, bindings) + sums + " FROM " + split + " GROUP BY "
                + String.join(", ", names(query));
    }

    private String ofSpans(CostQuery query, Bindings bindings) {
        Optional<RollupTable> rollup = useRollups ? rollup(query) : Optional.empty();
        if (query.basis() != PriceBasis.AS_PRICED_NOW && !ledger(query).isInRollups()) {
            rollup = Optional.empty();
        }
        Segments segments =
                rollup.map(table -> segments(query.window(), table)).orElse(Segments.allRaw(query.window()));
        List<String> parts = new ArrayList<>();
        if (rollup.isPresent() && segments.sealed().isPresent()) {
            parts.add(sealed(query, rollup.get(), segments.sealed().get(), segments.dirty(), bindings));
        }
        if (!segments.raw().isEmpty()) {
            parts.add(raw(query, segments.raw(), bindings));
        }
        return String.join("\nUNION ALL\n", parts);
    }

    private static Optional<RollupTable> rollup(CostQuery query) {
        List<String> columns = new ArrayList<>();
        query.groupBy().forEach(dimension -> columns.add(dimension.column()));
        for (Filter filter : query.filters()) {
            columns.add(filter.dimensionOrEmpty().map(Dimension::column).orElse(""));
        }
        return RollupTable.having(
                        columns,
                        Arrays.stream(Additive.values()).map(Additive::base).toList(),
                        query.window().length())
                .findFirst();
    }

    private Segments segments(Window window, RollupTable rollup) {
        Optional<Window> whole = Segments.wholeBuckets(window, rollup.width());
        if (whole.isEmpty()) {
            return Segments.allRaw(window);
        }
        Bindings bindings = new Bindings();
        String during = "bucket >= " + bindings.second(whole.get().from()) + " AND bucket < "
                + bindings.second(whole.get().to());
        String sql = "SELECT DISTINCT toUnixTimestamp(bucket) FROM (" + DirtySql.of(rollup, TenantQuery.TENANT, during)
                + ")";
        List<Instant> dirty = run(sql, bindings, row -> Instant.ofEpochSecond(row.getLong(1)));
        return Segments.of(window, whole.get(), rollup.width(), dirty);
    }

    private static String sealed(
            CostQuery query, RollupTable rollup, Window whole, List<Instant> dirty, Bindings bindings) {
        String columns = Arrays.stream(Additive.values())
                .map(what -> number(what, what.base().column()))
                .collect(Collectors.joining(", "));
        String without = dirty.isEmpty()
                ? ""
                : " AND bucket NOT IN "
                        + dirty.stream().map(bindings::second).collect(Collectors.joining(", ", "(", ")"));
        return "SELECT " + select(query, bindings) + columns + " FROM " + rollup.table() + " FINAL WHERE "
                + TenantQuery.TENANT + " AND bucket >= " + bindings.second(whole.from()) + " AND bucket < "
                + bindings.second(whole.to()) + without + LedgerSql.conditions(query.filters(), bindings);
    }

    private String raw(CostQuery query, List<Window> windows, Bindings bindings) {
        String columns = Arrays.stream(Additive.values())
                .map(what -> number(what, what.base().expression()))
                .collect(Collectors.joining(", "));
        String during = windows.stream()
                .map(window -> LedgerSql.during(window, bindings))
                .collect(Collectors.joining(") OR (", "((", "))"));
        String sql = "SELECT " + select(query, bindings) + columns + " "
                + ledger(query).spans(during, query.filters(), bindings);
        return query.groupBy().isEmpty() ? sql : sql + " GROUP BY " + String.join(", ", names(query));
    }

    private SqlLedger ledger(CostQuery query) {
        return SqlLedger.of(reads, tenant, query.window(), query.basis());
    }

    private static String number(Additive what, String expression) {
        return (what.isOfWholeCalls() ? "toFloat64(" : "toInt64(") + expression + ") AS u_" + what.column();
    }

    private static String select(CostQuery query, Bindings bindings) {
        return IntStream.range(0, query.groupBy().size())
                .mapToObj(i -> query.groupBy().get(i).sql(bindings) + " AS g" + i + ", ")
                .collect(Collectors.joining());
    }

    private static List<String> names(CostQuery query) {
        return IntStream.range(0, query.groupBy().size()).mapToObj(i -> "g" + i).toList();
    }

    private <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row) {
        return reads.read(new TenantQuery(tenant, sql, bindings), row);
    }
}
