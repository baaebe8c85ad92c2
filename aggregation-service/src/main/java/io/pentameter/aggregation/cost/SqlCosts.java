package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.owndimension.OwnDimensions;
import io.pentameter.aggregation.owndimension.SqlOwnDimensions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the groups of a cost query and the whole in one statement, so that what is not shown is the difference, exactly. */
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

    /**
     * Answers a query.
     *
     * <p>An own dimension that the tenant has declared is read from its rollup. Hours are sealed without it as soon as it is not declared
     * any more; so if something was declared in between, the answer counts for nothing and is read from the spans.
     */
    Found read(CostQuery query) {
        String own = useRollups ? query.ownAttribute() : "";
        if (!own.isEmpty()) {
            OwnDimensions before = SqlOwnDimensions.of(reads, tenant);
            if (before.attributes().contains(own)) {
                Found found = read(query, new SqlSpanSums.Sources(true, own));
                if (SqlOwnDimensions.of(reads, tenant).changes() == before.changes()) {
                    return found;
                }
            }
        }
        return read(query, new SqlSpanSums.Sources(useRollups, ""));
    }

    private Found read(CostQuery query, SqlSpanSums.Sources sources) {
        Bindings bindings = new Bindings();
        List<Row> rows = run(statement(query, partial(query, sources, bindings)), bindings, row -> row(row, query));
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
        List<String> values = new ArrayList<>();
        names.forEach(name -> values.add("CAST(" + name + ", 'String')"));
        Arrays.stream(Additive.values()).forEach(what -> values.add("u_" + what.column()));
        String order = query.order().column();
        String wholeAndShown =
                "SELECT count() AS groups, arrayConcat([(-sum(u_" + order + "), " + "'', ".repeat(names.size())
                        + Arrays.stream(Additive.values())
                                .map(what -> "sum(u_" + what.column() + ")")
                                .collect(Collectors.joining(", "))
                        + ")], groupArraySorted(" + query.limit() + ")((-u_" + order + ", " + String.join(", ", values)
                        + "))) AS rows FROM (" + each + ")";
        List<String> ofRow = new ArrayList<>(names);
        Arrays.stream(Additive.values()).forEach(what -> ofRow.add(what.column()));
        return "SELECT number = 1 AS whole, groups, "
                + IntStream.range(0, ofRow.size())
                        .mapToObj(i -> "row.%d AS %s".formatted(i + 2, ofRow.get(i)))
                        .collect(Collectors.joining(", "))
                + " FROM (" + wholeAndShown
                + ") ARRAY JOIN rows AS row, arrayEnumerate(rows) AS number ORDER BY number";
    }

    private String partial(CostQuery query, SqlSpanSums.Sources sources, Bindings bindings) {
        if (!query.isByTokenClass()) {
            return new SqlSpanSums(reads, tenant, query, Set.of(), sources).sql(bindings);
        }
        if (query.isByTag()) {
            return ofParts(query, bindings);
        }
        List<String> names = IntStream.range(0, query.groupBy().size())
                .filter(i -> !(query.groupBy().get(i) instanceof CostDimension.TokenClass))
                .mapToObj(i -> "g" + i)
                .toList();
        String select = IntStream.range(0, query.groupBy().size())
                .mapToObj(i -> names.contains("g" + i) ? "g" + i + ", " : "part.1 AS g" + i + ", ")
                .collect(Collectors.joining());
        String sums = new SqlSpanSums(reads, tenant, query, TokenClassSql.BASES, sources).sql(bindings);
        return TokenClassSql.of(sums, names, select);
    }

    /** By tag and class at once: each span is split. */
    private String ofParts(CostQuery query, Bindings bindings) {
        SqlLedger ledger = SqlLedger.of(reads, tenant, query.window(), query.basis());
        String split = LedgerSql.split(ledger.spans(query.window(), query.filters(), bindings));
        String groups = IntStream.range(0, query.groupBy().size())
                .mapToObj(i -> query.groupBy().get(i).sql(bindings) + " AS g" + i + ", ")
                .collect(Collectors.joining());
        String sums = Arrays.stream(Additive.values())
                .map(what -> what.overParts() + " AS u_" + what.column())
                .collect(Collectors.joining(", "));
        return "SELECT " + groups + sums + " FROM " + split + " GROUP BY " + String.join(", ", names(query));
    }

    private static List<String> names(CostQuery query) {
        return IntStream.range(0, query.groupBy().size()).mapToObj(i -> "g" + i).toList();
    }

    private <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row) {
        return reads.read(new TenantQuery(tenant, sql, bindings), row);
    }
}
