package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.generation.Generations;
import io.pentameter.aggregation.rollup.Base;
import io.pentameter.aggregation.rollup.DirtySql;
import io.pentameter.aggregation.rollup.RollupTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers a metrics query, once: plan (what is sealed, what is dirty), totals, then points of the series that are shown.
 *
 * <p>The totals of all series and of the whole come from one statement, so that they always agree. Points are read a moment
 * later, and may know of spans that the totals do not.
 */
final class SqlMetrics {

    /** Series that are looked at when they are ordered by something that is not in the spans. */
    private static final int MAX_CANDIDATES = 10_000;

    private final QueryScope scope;
    private final QueryRunner runner;
    private final boolean useRollups;
    private Generations generations = Generations.NONE;

    SqlMetrics(QueryScope scope, QueryRunner runner, boolean useRollups) {
        this.scope = scope;
        this.runner = runner;
        this.useRollups = useRollups;
    }

    /** Rows of one source; points only if an interval was asked for. */
    record Part(List<SqlValues> totals, List<SqlValues> points) {

        static final Part NONE = new Part(List.of(), List.of());
    }

    /** All rows that an answer is made of. */
    record Rows(Map<FactSource, Part> parts) {

        Part of(FactSource source) {
            return parts.getOrDefault(source, Part.NONE);
        }
    }

    Rows read(MetricsQuery query) {
        ReadPlan plan = plan(query);
        Grouping grouping = new Grouping(scope.tenantColumn(), query.groupBy(), Optional.empty());
        Map<FactSource, Part> totals = new EnumMap<>(FactSource.class);
        for (FactSource source : FactSource.values()) {
            if (!query.measuresOf(source).isEmpty()) {
                List<SqlValues> rows = source == FactSource.SPANS
                        ? spanTotals(query, grouping, plan)
                        : factTotals(source, query, grouping);
                totals.put(source, new Part(rows, List.of()));
            }
        }
        if (query.interval().isEmpty()) {
            return new Rows(totals);
        }
        Grouping inTime = new Grouping(scope.tenantColumn(), query.groupBy(), query.interval());
        Set<List<String>> shown =
                new SeriesOrder(query, new Rows(totals), scope.tenantColumn().isEmpty() ? 0 : 1).shown();
        Map<FactSource, Part> parts = new EnumMap<>(FactSource.class);
        totals.forEach((source, part) -> parts.put(
                source,
                new Part(
                        part.totals(),
                        source == FactSource.SPANS
                                ? spanPoints(query, inTime, plan, shown)
                                : factPoints(source, query, inTime))));
        return new Rows(parts);
    }

    /** SQL for partial sums of the spans by the query's groups, as {@link SpanSql} makes them. */
    String partialSums(MetricsQuery query, Set<Base> bases, Bindings bindings) {
        ReadPlan plan = plan(query);
        Grouping grouping = new Grouping(scope.tenantColumn(), query.groupBy(), Optional.empty());
        return new SpanSql(scope, query, bases, grouping, bindings)
                .with(generations)
                .of(plan);
    }

    private ReadPlan plan(MetricsQuery query) {
        boolean ofSpans = !query.measuresOf(FactSource.SPANS).isEmpty();
        Generations visible = ofSpans ? visible(query) : Generations.NONE;
        boolean isInRollups = query.basis().isInRollups(visible);
        generations = query.basis().of(visible);
        List<RollupTable> rollups = useRollups && ofSpans && isInRollups ? RollupChoice.of(query) : List.of();
        return ReadPlan.of(query.window(), rollups, () -> dirty(rollups, query.window()));
    }

    private Generations visible(MetricsQuery query) {
        Bindings bindings = new Bindings();
        String sql = Generations.visible(
                scope.sql(bindings), query.window().from(), query.window().to(), bindings);
        return new Generations(runner.run(sql, bindings, row -> row.getLong(1)));
    }

    private List<DirtySql.Start> dirty(List<RollupTable> rollups, Window window) {
        Bindings bindings = new Bindings();
        String sql = DirtySql.starts(rollups, scope.sql(bindings), window.from(), window.to(), bindings);
        return runner.run(sql, bindings, row -> DirtySql.Start.of(row.getString(1), row.getLong(2)));
    }

    private List<SqlValues> spanTotals(MetricsQuery query, Grouping grouping, ReadPlan plan) {
        Bindings bindings = new Bindings();
        Set<Base> bases = MetricsSql.bases(query.measures());
        String partial = new SpanSql(scope, query, bases, grouping, bindings)
                .with(generations)
                .of(plan);
        List<String> wholeBy = scope.tenantColumn().isEmpty() ? List.of() : List.of("gt");
        int limit = query.order().measure().source() != FactSource.SPANS ? MAX_CANDIDATES : query.limit() + 1;
        String sql = MetricsSql.totals(partial, bases, grouping, wholeBy, query) + " LIMIT " + limit + " BY "
                + String.join(", ", concat(wholeBy, "whole"));
        return runner.run(
                sql, bindings, row -> SqlValues.ofSpans(row, grouping, false, query.measuresOf(FactSource.SPANS)));
    }

    private List<SqlValues> spanPoints(MetricsQuery query, Grouping grouping, ReadPlan plan, Set<List<String>> shown) {
        Bindings bindings = new Bindings();
        Set<Base> bases = MetricsSql.bases(query.measures());
        String partial = new SpanSql(scope, query, bases, grouping, bindings)
                .with(generations)
                .of(plan);
        if (!query.groupBy().isEmpty()) {
            List<String> keys =
                    shown.stream().map(group -> String.join("\u001f", group)).toList();
            partial = "SELECT * FROM (" + partial + ") WHERE arrayStringConcat([" + String.join(", ", grouping.series())
                    + "], '\u001f') IN " + bindings.texts(keys);
        }
        String sql = MetricsSql.points(
                partial, bases, grouping, query, query.interval().orElseThrow());
        return runner.run(
                sql, bindings, row -> SqlValues.ofSpans(row, grouping, true, query.measuresOf(FactSource.SPANS)));
    }

    private List<SqlValues> factTotals(FactSource source, MetricsQuery query, Grouping grouping) {
        Bindings bindings = new Bindings();
        List<String> wholeBy = scope.tenantColumn().isEmpty() ? List.of() : List.of("gt");
        String sql = new FactSql(source, scope, query, grouping, bindings).totals(wholeBy)
                + " ORDER BY whole DESC, facts DESC LIMIT " + MAX_CANDIDATES;
        return runner.run(sql, bindings, row -> SqlValues.ofFacts(row, grouping, false, query.measuresOf(source)));
    }

    private List<SqlValues> factPoints(FactSource source, MetricsQuery query, Grouping grouping) {
        Bindings bindings = new Bindings();
        String sql = new FactSql(source, scope, query, grouping, bindings).points();
        return runner.run(sql, bindings, row -> SqlValues.ofFacts(row, grouping, true, query.measuresOf(source)));
    }

    private static List<String> concat(Collection<String> first, String last) {
        List<String> all = new ArrayList<>(first);
        all.add(last);
        return all;
    }
}
