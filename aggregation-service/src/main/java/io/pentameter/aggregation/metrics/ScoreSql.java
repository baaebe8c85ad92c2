package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.filter.Dimension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SQL for thumbs up and down: one row per group (and point), counted at the time at which they were given.
 *
 * <p>Who gives a thumb knows the trace, hardly ever its feature or model. What the score does not say is taken from its
 * trace: the request's value, else that of any span that has one.
 */
final class ScoreSql {

    /** A thumb finds its trace if it was given within so long. */
    private static final Duration REACH = Duration.ofDays(7);

    private static final Set<String> COLUMNS = Set.of(
            "feature",
            "customer",
            "model",
            "provider",
            "prompt_name",
            "prompt_version",
            "environment",
            "release",
            "intent",
            "route",
            "user",
            "region",
            "session");

    private final QueryScope scope;
    private final MetricsQuery query;
    private final Grouping grouping;
    private final Bindings bindings;
    private final List<Dimension> needed;

    ScoreSql(QueryScope scope, MetricsQuery query, Grouping grouping, Bindings bindings) {
        this.scope = scope;
        this.query = query;
        this.grouping = grouping;
        this.bindings = bindings;
        Set<Dimension> dimensions = new LinkedHashSet<>(query.groupBy());
        query.filters().forEach(filter -> filter.dimensionOrEmpty().ifPresent(dimensions::add));
        needed = List.copyOf(dimensions);
    }

    /** Columns of the grouping, {@code whole} as in {@link MetricsSql#totals}, thumbs_up and thumbs_down. */
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
        return "SELECT " + columns + (isSplit ? "grouping(" + series.getLast() + ")" : "1")
                + " AS whole, countIf(up) AS thumbs_up, countIf(NOT up) AS thumbs_down FROM (" + rows() + ")" + group;
    }

    String points() {
        String columns = String.join(", ", grouping.names());
        return "SELECT " + columns + ", countIf(up) AS thumbs_up, countIf(NOT up) AS thumbs_down FROM (" + rows()
                + ") GROUP BY " + columns;
    }

    private String rows() {
        String conditions = query.filters().stream()
                .map(filter -> filter.sql(bindings, this::value))
                .collect(Collectors.joining(" AND "));
        String tenant = grouping.tenantColumn().isEmpty() ? "" : "f.";
        Grouping qualified = new Grouping(
                tenant.isEmpty() ? "" : tenant + grouping.tenantColumn(), grouping.dimensions(), grouping.interval());
        return "SELECT " + qualified.select("f.created_at", this::value)
                + "ifNull(f.passed, if(f.value IS NULL, f.label = 'up', f.value > 0)) AS up FROM (SELECT * FROM score"
                + " FINAL WHERE " + during() + ") AS f" + (needed.isEmpty() ? "" : join())
                + (conditions.isEmpty() ? "" : " WHERE " + conditions);
    }

    private String during() {
        return scope.sql(bindings) + " AND name = 'thumbs' AND created_at >= "
                + bindings.instant(query.window().from()) + " AND created_at < "
                + bindings.instant(query.window().to());
    }

    private String join() {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < needed.size(); i++) {
            String value = "toString(" + needed.get(i).sql(bindings) + ")";
            columns.add("argMaxIf(%1$s, is_request, %1$s != '') AS t%2$d".formatted(value, i));
        }
        return " LEFT JOIN (SELECT tenant, trace_id, " + String.join(", ", columns) + " FROM span FINAL WHERE "
                + scope.sql(bindings) + " AND start >= "
                + bindings.instant(query.window().from().minus(REACH))
                + " AND start < " + bindings.instant(query.window().to())
                + " AND trace_id IN (SELECT trace_id FROM score WHERE " + during()
                + ") GROUP BY tenant, trace_id) AS t ON f.tenant = t.tenant AND f.trace_id = t.trace_id";
    }

    private String value(Dimension dimension) {
        String ofTrace = "t.t" + needed.indexOf(dimension);
        return COLUMNS.contains(dimension.column())
                ? "if(f.%1$s != '', toString(f.%1$s), %2$s)".formatted(dimension.column(), ofTrace)
                : ofTrace;
    }
}
