package io.pentameter.aggregation.clientmetric;

import io.pentameter.aggregation.engine.ArrayColumn;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Micros;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.statistics.quantile.LogBuckets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads metrics of clients, and the same quantities from spans. */
final class SqlClientMetrics {

    /** Names of a tenant's list. */
    private static final int MAX_NAMES = 1_000;

    /** Rows of one answer before its series are cut. */
    private static final int MAX_ROWS = 250_000;

    private final Reads reads;

    SqlClientMetrics(Reads reads) {
        this.reads = reads;
    }

    /**
     * A metric that came in the window.
     *
     * @param series   how many sets of attributes it has
     * @param computed whether the same quantity can be computed from spans
     */
    record Name(
            String name,
            String unit,
            String type,
            long series,
            long points,
            Instant first,
            Instant last,
            boolean computed) {}

    List<Name> names(String tenant, Instant from, Instant to) {
        Bindings bindings = new Bindings();
        String sql = "SELECT name, unit, type, uniqExact(series) AS series_count, uniqExact(series, at) AS point_count,"
                + " toUnixTimestamp64Micro(min(at)) AS first, toUnixTimestamp64Micro(max(at)) AS last FROM client_metric WHERE "
                + TenantQuery.TENANT + " AND at >= " + bindings.instant(from) + " AND at < " + bindings.instant(to)
                + " GROUP BY name, unit, type ORDER BY name, unit, type LIMIT " + MAX_NAMES;
        return reads.read(
                new TenantQuery(tenant, sql, bindings),
                row -> new Name(
                        row.getString("name"),
                        row.getString("unit"),
                        row.getString("type"),
                        row.getLong("series_count"),
                        row.getLong("point_count"),
                        Micros.instant(row.getLong("first")),
                        Micros.instant(row.getLong("last")),
                        Computable.of(row.getString("name")).isPresent()));
    }

    ClientMetricAnswer answer(String tenant, ClientMetricQuery query) {
        List<Sums> totals = points(tenant, query, false);
        List<Sums> inTime = query.interval().isEmpty() ? List.of() : points(tenant, query, true);
        AnswerParts parts = new AnswerParts(query, totals, inTime);
        ClientMetricAnswer.Computed computed = Computable.of(query.name())
                .map(it -> new ClientMetricAnswer.Computed(
                        it.from(),
                        new AnswerParts(
                                        query,
                                        spans(tenant, query, it, false),
                                        query.interval().isEmpty() ? List.of() : spans(tenant, query, it, true))
                                .series()))
                .orElse(null);
        return new ClientMetricAnswer(query.name(), parts.series(), parts.isTruncated(), computed);
    }

    private List<Sums> points(String tenant, ClientMetricQuery query, boolean inTime) {
        Bindings bindings = new Bindings();
        String sql = new DeltaSql(query, bindings).of(inTime) + " LIMIT " + MAX_ROWS;
        return reads.read(new TenantQuery(tenant, sql, bindings), row -> sums(row, query));
    }

    private static Sums sums(ResultSet row, ClientMetricQuery query) throws SQLException {
        List<String> group = new ArrayList<>();
        for (int i = 0; i < query.groupBy().size(); i++) {
            group.add(row.getString("g" + i));
        }
        boolean hasSum = row.getInt("has_total") == 1;
        return new Sums(
                new Sums.Key(
                        row.getString("unit"), row.getString("type"), row.getInt("level") == 1, List.copyOf(group)),
                row.getLong("at_second"),
                row.getDouble("increase"),
                row.getLong("n"),
                hasSum ? Optional.of(row.getDouble("total")) : Optional.empty(),
                new Histogram(explicit(row), logs(row)),
                row.getLong("points"),
                new Sums.Levels(
                        row.getDouble("value_sum"),
                        row.getDouble("least"),
                        row.getDouble("greatest"),
                        row.getDouble("last_sum"),
                        row.getLong("series_count")));
    }

    private static Map<Double, Long> explicit(ResultSet row) throws SQLException {
        Map<Double, Long> explicit = new HashMap<>();
        for (String bound : ArrayColumn.texts(row, "bounds")) {
            explicit.put(bound(bound), 0L);
        }
        List<String> bounds = ArrayColumn.texts(row, "explicit_keys");
        List<String> counts = ArrayColumn.texts(row, "explicit_counts");
        for (int i = 0; i < bounds.size(); i++) {
            explicit.put(bound(bounds.get(i)), Long.parseLong(counts.get(i)));
        }
        return explicit;
    }

    private static double bound(String text) {
        return text.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private static Map<Short, Long> logs(ResultSet row) throws SQLException {
        Map<Short, Long> logs = new HashMap<>();
        List<String> keys = ArrayColumn.texts(row, "log_keys");
        List<String> values = ArrayColumn.texts(row, "log_values");
        for (int i = 0; i < keys.size(); i++) {
            logs.put(Short.parseShort(keys.get(i)), Long.parseLong(values.get(i)));
        }
        return logs;
    }

    private List<Sums> spans(String tenant, ClientMetricQuery query, Computable computable, boolean inTime) {
        Bindings bindings = new Bindings();
        StringBuilder groups = new StringBuilder();
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < query.groupBy().size(); i++) {
            groups.append("toString(")
                    .append(value(query.groupBy().get(i), computable, bindings))
                    .append(") AS g")
                    .append(i)
                    .append(", ");
            names.append("g").append(i).append(", ");
        }
        long seconds = query.interval().map(Duration::toSeconds).orElse(1L);
        String second =
                inTime ? "intDiv(toInt64(toUnixTimestamp(start)), %1$d) * %1$d".formatted(seconds) : "toInt64(0)";
        String conditions = query.filters().stream()
                .map(filter -> " AND " + filter.sql(bindings, dimension -> value(dimension, computable, bindings)))
                .collect(Collectors.joining());
        String value = computable.value();
        String sql = "SELECT " + groups + second + " AS at_second, count() AS n, sum(" + value + ") AS total,"
                + " sumMap(map(" + LogBuckets.clickHouseIndex("greatest(" + value + " * 1e9, 1)")
                + ", toUInt64(1))) AS logs, mapKeys(logs) AS log_keys, mapValues(logs) AS log_values FROM span FINAL"
                + computable.join() + " WHERE " + TenantQuery.TENANT
                + " AND start >= " + bindings.instant(query.from())
                + " AND start < " + bindings.instant(query.to())
                + " AND " + computable.condition() + conditions
                + " GROUP BY " + names + "at_second ORDER BY n DESC LIMIT " + MAX_ROWS;
        return reads.read(new TenantQuery(tenant, sql, bindings), row -> {
            List<String> group = new ArrayList<>();
            for (int i = 0; i < query.groupBy().size(); i++) {
                group.add(row.getString("g" + i));
            }
            return new Sums(
                    new Sums.Key(computable.unit(), "histogram", false, List.copyOf(group)),
                    row.getLong("at_second"),
                    0,
                    row.getLong("n"),
                    Optional.of(row.getDouble("total")),
                    new Histogram(Map.of(), logs(row)),
                    row.getLong("n"),
                    Sums.Levels.NONE);
        });
    }

    private static String value(Dimension dimension, Computable computable, Bindings bindings) {
        return computable.attribute(dimension.attribute()).orElseGet(() -> dimension.sql(bindings));
    }
}
