package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.filter.Dimension;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SQL for measures of scores and of outcomes: one row per group (and point), counted at the time at which they were given or
 * occurred.
 *
 * <p>Who gives a thumb knows the trace, hardly ever its feature or model. What the fact does not say is taken from its
 * trace: the request's value, else that of any span that has one; and for a fact that names no trace, from its session likewise.
 */
final class FactSql {

    private static final String NO_TRACE = "toFixedString('', 16)";

    private final FactSource source;
    private final QueryScope scope;
    private final MetricsQuery query;
    private final Grouping grouping;
    private final Bindings bindings;
    private final List<Dimension> needed;

    FactSql(FactSource source, QueryScope scope, MetricsQuery query, Grouping grouping, Bindings bindings) {
        this.source = source;
        this.scope = scope;
        this.query = query;
        this.grouping = grouping;
        this.bindings = bindings;
        Set<Dimension> dimensions = new LinkedHashSet<>(query.groupBy());
        query.filters().forEach(filter -> filter.dimensionOrEmpty().ifPresent(dimensions::add));
        needed = dimensions.stream()
                .filter(dimension -> !dimension.equals(Dimension.OUTCOME))
                .toList();
    }

    /** Columns of the grouping, {@code whole} as in {@link MetricsSql#totals}, {@code facts} and a column for each measure. */
    String totals(List<String> wholeBy) {
        List<String> series = grouping.series();
        boolean isSplit = series.size() > wholeBy.size();
        String columns = series.stream().map(name -> name + ", ").collect(Collectors.joining());
        String group = series.isEmpty()
                ? ""
                : isSplit
                        ? " GROUP BY GROUPING SETS ((%s), (%s))"
                                .formatted(String.join(", ", series), String.join(", ", wholeBy))
                        : " GROUP BY " + String.join(", ", series);
        return "SELECT " + columns + "whole, facts, " + measures() + " FROM (SELECT " + columns
                + (isSplit ? "grouping(" + series.getLast() + ")" : "1") + " AS whole, " + sums() + " FROM ("
                + rows() + ") AS f" + group + ")";
    }

    String points() {
        String columns = String.join(", ", grouping.names());
        return "SELECT " + columns + ", facts, " + measures() + " FROM (SELECT " + columns + ", " + sums() + " FROM ("
                + rows() + ") AS f GROUP BY " + columns + ")";
    }

    private String sums() {
        return "count() AS facts, " + String.join(", ", source.sums());
    }

    private String measures() {
        return query.measuresOf(source).stream()
                .map(measure -> measure.sql("1") + " AS m_" + measure.word())
                .collect(Collectors.joining(", "));
    }

    private String rows() {
        String conditions = query.filters().stream()
                .map(filter -> filter.sql(bindings, this::value))
                .collect(Collectors.joining(" AND "));
        Grouping qualified = new Grouping(
                grouping.tenantColumn().isEmpty() ? "" : "f." + grouping.tenantColumn(),
                grouping.dimensions(),
                grouping.interval());
        return "SELECT " + qualified.select("f." + source.time(), this::value) + "f.* FROM (SELECT * FROM "
                + source.table() + " FINAL WHERE " + during() + ") AS f"
                + (needed.isEmpty() || !source.isOfTraces()
                        ? ""
                        : join("trace_id", "t", NO_TRACE) + join("session", "s", "''"))
                + (conditions.isEmpty() ? "" : " WHERE " + conditions);
    }

    private String during() {
        return scope.sql(bindings) + " AND " + source.condition() + " AND " + source.time() + " >= "
                + bindings.instant(query.window().from()) + " AND " + source.time() + " < "
                + bindings.instant(query.window().to());
    }

    private String join(String key, String alias, String none) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < needed.size(); i++) {
            String value = "toString(" + needed.get(i).sql(bindings) + ")";
            columns.add("argMaxIf(%1$s, is_request, %1$s != '') AS %2$s%3$d".formatted(value, alias, i));
        }
        return " LEFT JOIN (SELECT tenant AS of_tenant, " + key + " AS of_key, " + String.join(", ", columns)
                + " FROM span FINAL WHERE "
                + scope.sql(bindings) + " AND start >= "
                + bindings.instant(query.window().from().minus(source.reach()))
                + " AND start < " + bindings.instant(query.window().to())
                + " AND " + key + " IN (SELECT " + key + " FROM " + source.table() + " WHERE " + during() + " AND "
                + key + " != " + none + ") GROUP BY tenant, " + key + ") AS " + alias + " ON f.tenant = " + alias
                + ".of_tenant AND f." + key + " = " + alias + ".of_key";
    }

    private String value(Dimension dimension) {
        if (dimension.equals(Dimension.OUTCOME)) {
            return source == FactSource.OUTCOMES ? "toString(f.name)" : "''";
        }
        if (!source.isOfTraces()) {
            return source.columns().contains(dimension.column()) ? "toString(f." + dimension.column() + ")" : "''";
        }
        int place = needed.indexOf(dimension);
        String ofRelatives = "if(f.trace_id != " + NO_TRACE + ", t.t" + place + ", s.s" + place + ")";
        return source.columns().contains(dimension.column())
                ? "if(f.%1$s != '', toString(f.%1$s), %2$s)".formatted(dimension.column(), ofRelatives)
                : ofRelatives;
    }
}
