package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.generation.Generations;
import io.pentameter.aggregation.rollup.Base;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SQL for partial results over spans: one row per group (and point) and source, with a column {@code u_<base>} for each base.
 * The sum over its rows is the whole.
 */
final class SpanSql {

    private final QueryScope scope;
    private final MetricsQuery query;
    private final Bindings bindings;
    private final Set<Base> bases;
    private final Grouping grouping;
    private Generations generations = Generations.NONE;

    SpanSql(QueryScope scope, MetricsQuery query, Set<Base> bases, Grouping grouping, Bindings bindings) {
        this.scope = scope;
        this.query = query;
        this.bindings = bindings;
        this.bases = bases;
        this.grouping = grouping;
    }

    /** With the costs of generations that are visible; without, costs are as billed. */
    SpanSql with(Generations visible) {
        generations = visible;
        return this;
    }

    String of(ReadPlan plan) {
        List<String> parts = new ArrayList<>();
        plan.sealed().forEach(part -> parts.add(sealed(part)));
        if (!plan.raw().isEmpty()) {
            parts.add(raw(plan.raw()));
        }
        return String.join("\nUNION ALL\n", parts);
    }

    private String sealed(ReadPlan.Sealed part) {
        String columns = bases.stream()
                .map(base -> base.column() + " AS u_" + base.column())
                .collect(Collectors.joining(", "));
        return "SELECT " + grouping.select(bindings, "bucket") + columns
                + " FROM " + part.rollup().table() + " FINAL WHERE " + scope.sql(bindings) + " AND "
                + part.during(bindings) + conditions();
    }

    private String raw(List<Window> windows) {
        String columns = bases.stream()
                .map(base -> base.expression() + " AS u_" + base.column())
                .collect(Collectors.joining(", "));
        String times = windows.stream().map(this::during).collect(Collectors.joining(" OR ", "(", ")"));
        List<String> groups = grouping.names();
        return "SELECT " + grouping.select(bindings, "start") + columns
                + " FROM " + generations.spans(scope.sql(bindings), times, bindings) + " WHERE " + scope.sql(bindings)
                + " AND " + times + conditions()
                + (groups.isEmpty() ? "" : " GROUP BY " + String.join(", ", groups));
    }

    private String during(Window window) {
        return "(start >= " + bindings.instant(window.from()) + " AND start < " + bindings.instant(window.to()) + ")";
    }

    private String conditions() {
        return query.filters().stream()
                .map(filter -> " AND " + filter.sql(bindings, dimension -> dimension.sql(bindings)))
                .collect(Collectors.joining());
    }
}
