package io.pentameter.aggregation.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the rows of a query together to answers. */
final class AnswerBuilder {

    private final MetricsQuery query;
    private final @Nullable Instant visibleUntil;
    private final int tenantColumns;
    private final SeriesOrder order;
    private final Map<FactSource, Shelf> shelves = new EnumMap<>(FactSource.class);

    /** Rows of one source, by group; wholes have the tenant as their group. */
    private record Shelf(
            Map<List<String>, SqlValues> groups,
            Map<List<String>, SqlValues> wholes,
            Map<List<String>, Map<Long, SqlValues>> points) {}

    /** @param tenantColumns how many values at the beginning of a group are the tenant: 0 or 1 */
    AnswerBuilder(MetricsQuery query, SqlMetrics.Rows rows, @Nullable Instant visibleUntil, int tenantColumns) {
        this.query = query;
        this.visibleUntil = visibleUntil;
        this.tenantColumns = tenantColumns;
        order = new SeriesOrder(query, rows, tenantColumns);
        for (FactSource source : FactSource.values()) {
            SqlMetrics.Part part = rows.of(source);
            shelves.put(
                    source,
                    new Shelf(byGroup(part.totals(), false), byGroup(part.totals(), true), byTime(part.points())));
        }
    }

    /** Tenants that have anything in the rows; one without name if the groups do not begin with a tenant. */
    Set<List<String>> tenants() {
        Set<List<String>> tenants = new LinkedHashSet<>();
        shelves.values().forEach(shelf -> tenants.addAll(shelf.wholes().keySet()));
        return tenants;
    }

    /** @param tenant whose answer, as the groups begin; empty if they do not begin with a tenant */
    MetricsAnswer of(List<String> tenant) {
        List<MetricsAnswer.Series> series = new ArrayList<>();
        if (query.groupBy().isEmpty()) {
            series.add(series(tenant, Shelf::wholes));
        } else {
            order.shown(tenant).forEach(group -> series.add(series(group, Shelf::groups)));
        }
        return new MetricsAnswer(
                series,
                words(merged(tenant, Shelf::wholes)),
                coverage(shelf(FactSource.SPANS).wholes().get(tenant)),
                !query.groupBy().isEmpty() && order.isTruncated(tenant),
                visibleUntil,
                null,
                null);
    }

    private Shelf shelf(FactSource source) {
        return Objects.requireNonNull(shelves.get(source));
    }

    private MetricsAnswer.Series series(List<String> group, Function<Shelf, Map<List<String>, SqlValues>> kind) {
        return new MetricsAnswer.Series(
                names(group.subList(tenantColumns, group.size())),
                words(merged(group, kind)),
                coverage(kind.apply(shelf(FactSource.SPANS)).get(group)),
                query.interval().isEmpty() ? null : points(group));
    }

    private List<MetricsAnswer.Point> points(List<String> group) {
        List<MetricsAnswer.Point> points = new ArrayList<>();
        for (Instant at : Points.of(query.window(), query.interval().orElseThrow())) {
            Map<Measure, @Nullable Object> values = nothing();
            shelves.values().forEach(shelf -> {
                SqlValues row = shelf.points().getOrDefault(group, Map.of()).get(at.getEpochSecond());
                if (row != null) {
                    values.putAll(row.measures());
                }
            });
            points.add(new MetricsAnswer.Point(at, words(values)));
        }
        return points;
    }

    private Map<Measure, @Nullable Object> merged(
            List<String> group, Function<Shelf, Map<List<String>, SqlValues>> kind) {
        Map<Measure, @Nullable Object> all = nothing();
        shelves.values().forEach(shelf -> {
            SqlValues row = kind.apply(shelf).get(group);
            if (row != null) {
                all.putAll(row.measures());
            }
        });
        return all;
    }

    private Map<Measure, @Nullable Object> nothing() {
        return new LinkedHashMap<>(
                SqlValues.none(List.of(), 0, query.measures()).measures());
    }

    private Map<String, @Nullable String> names(List<String> group) {
        Map<String, @Nullable String> names = new LinkedHashMap<>();
        for (int i = 0; i < group.size(); i++) {
            names.put(query.groupBy().get(i).word(), group.get(i).isEmpty() ? null : group.get(i));
        }
        return names;
    }

    private static Map<String, @Nullable Object> words(Map<Measure, @Nullable Object> values) {
        Map<String, @Nullable Object> words = new LinkedHashMap<>();
        values.forEach((measure, value) -> words.put(measure.word(), value));
        return words;
    }

    private static MetricsAnswer.Coverage coverage(@Nullable SqlValues ofSpans) {
        return ofSpans == null
                ? MetricsAnswer.Coverage.of(0, 0)
                : MetricsAnswer.Coverage.of(ofSpans.priced(), ofSpans.priceable());
    }

    private Map<List<String>, SqlValues> byGroup(Collection<SqlValues> rows, boolean wholes) {
        Map<List<String>, SqlValues> groups = new LinkedHashMap<>();
        for (SqlValues row : rows) {
            if (row.whole() == wholes) {
                groups.put(wholes ? row.group().subList(0, tenantColumns) : row.group(), row);
            }
        }
        return groups;
    }

    private static Map<List<String>, Map<Long, SqlValues>> byTime(Collection<SqlValues> rows) {
        Map<List<String>, Map<Long, SqlValues>> groups = new HashMap<>();
        rows.forEach(
                row -> groups.computeIfAbsent(row.group(), _ -> new HashMap<>()).put(row.at(), row));
        return groups;
    }
}
