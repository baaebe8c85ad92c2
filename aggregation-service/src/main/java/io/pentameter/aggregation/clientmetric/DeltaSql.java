package io.pentameter.aggregation.clientmetric;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Micros;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Dimension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * SQL that sums one metric of clients per group (and point).
 *
 * <p>Counters and histograms are sums of <em>increases</em>. A point that is not cumulative is one. A cumulative point belongs
 * to a stream: its series and the moment since when it counts; so a client that was started again, or two clients that
 * call themselves the same, make streams of their own. Its increase is the difference to the point before it in the stream, and
 * counts at its own time, after a gap too. If the value fell, the client had begun anew without saying so, and the value itself is the
 * increase. So is that of the first point of a stream, if the stream says that it began not longer than {@link #LOOK_BACK} before the
 * window; if it began earlier, or does not say, what part of the value belongs to the window cannot be told, and the
 * point is only where the next one counts from. Points that came twice are one, and their order of arrival does not matter.
 *
 * <p>The sums leave out buckets that nothing fell into; {@code bounds} has the bounds of all.
 *
 * <p>Levels (gauges, and cumulative counters that can fall) are not summed over time: mean, least, greatest, latest.
 */
final class DeltaSql {

    /** The point before the first of the window is looked for so far back. */
    static final Duration LOOK_BACK = Duration.ofHours(1);

    private final ClientMetricQuery query;
    private final Bindings bindings;

    DeltaSql(ClientMetricQuery query, Bindings bindings) {
        this.query = query;
        this.bindings = bindings;
    }

    /** Columns: unit, type, level, g0, g1 ..., at (seconds; 0 without points), and the sums. */
    String of(boolean inTime) {
        String groups = IntStream.range(0, query.groupBy().size())
                .mapToObj(i -> "g" + i + ", ")
                .collect(Collectors.joining());
        String keys = "unit, type, level, " + groups + "at_second";
        long seconds = query.interval().map(Duration::toSeconds).orElse(1L);
        String second = inTime ? "intDiv(toInt64(toUnixTimestamp(at)), %1$d) * %1$d".formatted(seconds) : "toInt64(0)";
        String perSeries = "SELECT series, " + keys + """
                , sum(d_value) AS s_value, sum(d_count) AS s_count, sum(d_sum) AS s_sum, min(has_sum) AS s_has_sum,
                sumMap(d_keys, d_counts) AS s_explicit, groupUniqArrayArray(d_keys) AS s_bounds, sumMap(d_log) AS s_log, count() AS s_points, sum(value) AS s_values,
                min(value) AS s_min, max(value) AS s_max, argMax(value, at) AS s_last
                FROM (""" + increases(second) + ") GROUP BY series, " + keys;
        return "SELECT " + keys + """
                , sum(s_value) AS increase, sum(s_count) AS n, sum(s_sum) AS total, min(s_has_sum) AS has_total,
                sumMap(s_explicit.1, s_explicit.2) AS explicit, groupUniqArrayArray(s_bounds) AS bounds, sumMap(s_log) AS logs, sum(s_points) AS points,
                sum(s_values) AS value_sum, min(s_min) AS least, max(s_max) AS greatest, sum(s_last) AS last_sum, count() AS series_count,
                explicit.1 AS explicit_keys, explicit.2 AS explicit_counts, mapKeys(logs) AS log_keys, mapValues(logs) AS log_values
                FROM (""" + perSeries + ") GROUP BY " + keys
                + " ORDER BY greatest(toFloat64(n), abs(increase), toFloat64(points)) DESC, unit, type";
    }

    private String increases(String second) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < query.groupBy().size(); i++) {
            groups.add("toString(" + value(query.groupBy().get(i)) + ") AS g" + i + ", ");
        }
        String earliest = bindings.number(Micros.of(query.from().minus(LOOK_BACK)));
        return "SELECT series, at, unit, type, value, " + String.join("", groups) + second + " AS at_second, "
                + "type = 'gauge' OR (type = 'up_down_counter' AND is_cumulative) AS level,"
                + " NOT is_cumulative OR before OR (start_us > 0 AND start_us >= " + earliest + ") AS known,"
                + """
                 is_cumulative AND before AND value >= p_value AND count >= p_count AS continues,
                 if(level OR NOT known, 0, if(continues, value - p_value, value)) AS d_value,
                 if(NOT known, toInt64(0), toInt64(if(continues, count - p_count, count))) AS d_count,
                 if(NOT known, 0, if(continues, ifNull(sum, 0) - p_sum, ifNull(sum, 0))) AS d_sum,
                 type != 'histogram' OR sum IS NOT NULL AS has_sum,
                 NOT empty(counts) AND known AND (NOT continues OR bounds = p_bounds) AS explicit,
                 if(explicit, arrayPushBack(arrayMap(b -> toString(b), bounds), 'inf'), []) AS d_keys,
                 if(explicit, arrayMap((c, i) -> toInt64(c) - if(continues, toInt64(p_counts[i]), 0), counts,
                   arrayEnumerate(counts)), []) AS d_counts,
                 multiIf(NOT known, CAST(map(), 'Map(Int16, Int64)'), continues, CAST(mapSubtract(log_counts, p_log),
                   'Map(Int16, Int64)'), CAST(log_counts, 'Map(Int16, Int64)')) AS d_log
                FROM ("""
                + "SELECT *, " + lags() + " FROM client_metric FINAL WHERE " + TenantQuery.TENANT
                + " AND name = " + bindings.text(query.name())
                + " AND at >= " + bindings.instant(query.from().minus(LOOK_BACK))
                + " AND at < " + bindings.instant(query.to()) + conditions()
                + " WINDOW w AS (PARTITION BY series, start_us ORDER BY at ROWS BETWEEN 1 PRECEDING AND CURRENT ROW))"
                + " WHERE at >= " + bindings.instant(query.from());
    }

    private static String lags() {
        return """
                lagInFrame(toUInt8(1), 1, toUInt8(0)) OVER w AS before, lagInFrame(value) OVER w AS p_value,
                lagInFrame(count) OVER w AS p_count, lagInFrame(ifNull(sum, 0)) OVER w AS p_sum, lagInFrame(bounds) OVER w AS p_bounds,
                lagInFrame(counts) OVER w AS p_counts, lagInFrame(log_counts) OVER w AS p_log""";
    }

    private String conditions() {
        return query.filters().stream()
                .map(filter -> " AND " + filter.sql(bindings, this::value))
                .collect(Collectors.joining());
    }

    private String value(Dimension dimension) {
        return dimension.sql(bindings);
    }
}
