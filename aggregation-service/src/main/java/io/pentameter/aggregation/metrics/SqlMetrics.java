package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.rollup.Base;
import io.pentameter.aggregation.rollup.DirtySql;
import io.pentameter.aggregation.rollup.RollupTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers a metrics query: plan (what is sealed, what is dirty), totals, then points of the series that are shown.
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

    SqlMetrics(QueryScope scope, QueryRunner runner, boolean useRollups) {
        this.scope = scope;
        this.runner = runner;
        this.useRollups = useRollups;
    }

    /** All rows that an answer is made of. */
    record Rows(
            List<SqlValues> spanTotals,
            List<SqlValues> scoreTotals,
            List<SqlValues> spanPoints,
            List<SqlValues> scorePoints) {}

    Rows read(MetricsQuery query) {
        boolean ofSpans = !query.measuresOf(false).isEmpty();
        boolean ofScores = !query.measuresOf(true).isEmpty();
        Optional<RollupTable> rollup = useRollups && ofSpans ? RollupChoice.of(query) : Optional.empty();
        Segments segments =
                rollup.map(table -> segments(query.window(), table)).orElse(Segments.allRaw(query.window()));
        Grouping grouping = new Grouping(scope.tenantColumn(), query.groupBy(), Optional.empty());
        List<SqlValues> spans = ofSpans ? spanTotals(query, grouping, rollup, segments) : List.of();
        List<SqlValues> scores = ofScores ? scoreTotals(query, grouping) : List.of();
        if (query.interval().isEmpty()) {
            return new Rows(spans, scores, List.of(), List.of());
        }
        Grouping inTime = new Grouping(scope.tenantColumn(), query.groupBy(), query.interval());
        Set<List<String>> shown =
                new SeriesOrder(query, spans, scores, scope.tenantColumn().isEmpty() ? 0 : 1).shown();
        Duration interval = query.interval().get();
        return new Rows(
                spans,
                scores,
                ofSpans ? spanPoints(query, inTime, rollup, segments, shown, interval) : List.of(),
                ofScores ? scorePoints(query, inTime) : List.of());
    }

    private Segments segments(Window window, RollupTable rollup) {
        Optional<Window> whole = Segments.wholeBuckets(window, rollup.width());
        if (whole.isEmpty()) {
            return Segments.allRaw(window);
        }
        Bindings bindings = new Bindings();
        String during = "bucket >= " + bindings.second(whole.get().from()) + " AND bucket < "
                + bindings.second(whole.get().to());
        String sql = "SELECT DISTINCT toUnixTimestamp(bucket) FROM (" + DirtySql.of(rollup, scope.sql(bindings), during)
                + ")";
        List<Instant> dirty = runner.run(sql, bindings, row -> Instant.ofEpochSecond(row.getLong(1)));
        return Segments.of(window, whole.get(), rollup.width(), dirty);
    }

    private List<SqlValues> spanTotals(
            MetricsQuery query, Grouping grouping, Optional<RollupTable> rollup, Segments segments) {
        Bindings bindings = new Bindings();
        Set<Base> bases = MetricsSql.bases(query.measures());
        String partial = new SpanSql(scope, query, bases, grouping, bindings).of(rollup, segments);
        List<String> wholeBy = scope.tenantColumn().isEmpty() ? List.of() : List.of("gt");
        int limit = query.order().measure().isOfScores() ? MAX_CANDIDATES : query.limit() + 1;
        String sql = MetricsSql.totals(partial, bases, grouping, wholeBy, query) + " LIMIT " + limit + " BY "
                + String.join(", ", concat(wholeBy, "whole"));
        return runner.run(sql, bindings, row -> SqlValues.ofSpans(row, grouping, false, query.measuresOf(false)));
    }

    private List<SqlValues> spanPoints(
            MetricsQuery query,
            Grouping grouping,
            Optional<RollupTable> rollup,
            Segments segments,
            Set<List<String>> shown,
            Duration interval) {
        Bindings bindings = new Bindings();
        Set<Base> bases = MetricsSql.bases(query.measures());
        String partial = new SpanSql(scope, query, bases, grouping, bindings).of(rollup, segments);
        if (!query.groupBy().isEmpty()) {
            List<String> keys =
                    shown.stream().map(group -> String.join("\u001f", group)).toList();
            partial = "SELECT * FROM (" + partial + ") WHERE arrayStringConcat([" + String.join(", ", grouping.series())
                    + "], '\u001f') IN " + bindings.texts(keys);
        }
        String sql = MetricsSql.points(partial, bases, grouping, query, interval);
        return runner.run(sql, bindings, row -> SqlValues.ofSpans(row, grouping, true, query.measuresOf(false)));
    }

    private List<SqlValues> scoreTotals(MetricsQuery query, Grouping grouping) {
        Bindings bindings = new Bindings();
        List<String> wholeBy = scope.tenantColumn().isEmpty() ? List.of() : List.of("gt");
        String sql = new ScoreSql(scope, query, grouping, bindings).totals(wholeBy)
                + " ORDER BY whole DESC, thumbs_up + thumbs_down DESC LIMIT " + MAX_CANDIDATES;
        return runner.run(sql, bindings, row -> SqlValues.ofScores(row, grouping, false, query.measuresOf(true)));
    }

    private List<SqlValues> scorePoints(MetricsQuery query, Grouping grouping) {
        Bindings bindings = new Bindings();
        String sql = new ScoreSql(scope, query, grouping, bindings).points();
        return runner.run(sql, bindings, row -> SqlValues.ofScores(row, grouping, true, query.measuresOf(true)));
    }

    private static List<String> concat(Collection<String> first, String last) {
        List<String> all = new ArrayList<>(first);
        all.add(last);
        return all;
    }
}
