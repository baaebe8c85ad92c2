package io.pentameter.aggregation.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the rows of a query together to answers. */
final class AnswerBuilder {

    private final MetricsQuery query;
    private final @Nullable Instant visibleUntil;
    private final int tenantColumns;
    private final SeriesOrder order;
    private final Map<List<String>, SqlValues> spans;
    private final Map<List<String>, SqlValues> scores;
    private final Map<List<String>, SqlValues> spanWholes;
    private final Map<List<String>, SqlValues> scoreWholes;
    private final Map<List<String>, Map<Long, SqlValues>> spanPoints;
    private final Map<List<String>, Map<Long, SqlValues>> scorePoints;

    /** @param tenantColumns how many values at the beginning of a group are the tenant: 0 or 1 */
    AnswerBuilder(MetricsQuery query, SqlMetrics.Rows rows, @Nullable Instant visibleUntil, int tenantColumns) {
        this.query = query;
        this.visibleUntil = visibleUntil;
        this.tenantColumns = tenantColumns;
        order = new SeriesOrder(query, rows.spanTotals(), rows.scoreTotals(), tenantColumns);
        spans = byGroup(rows.spanTotals(), false);
        scores = byGroup(rows.scoreTotals(), false);
        spanWholes = byGroup(rows.spanTotals(), true);
        scoreWholes = byGroup(rows.scoreTotals(), true);
        spanPoints = byTime(rows.spanPoints());
        scorePoints = byTime(rows.scorePoints());
    }

    /** Tenants that have anything in the rows; one without name if the groups do not begin with a tenant. */
    Set<List<String>> tenants() {
        Set<List<String>> tenants = new LinkedHashSet<>(spanWholes.keySet());
        tenants.addAll(scoreWholes.keySet());
        return tenants;
    }

    /** @param tenant whose answer, as the groups begin; empty if they do not begin with a tenant */
    MetricsAnswer of(List<String> tenant) {
        SqlValues spansWhole = spanWholes.get(tenant);
        SqlValues scoresWhole = scoreWholes.get(tenant);
        List<MetricsAnswer.Series> series = new ArrayList<>();
        if (query.groupBy().isEmpty()) {
            series.add(series(tenant, spansWhole, scoresWhole));
        } else {
            order.shown(tenant).forEach(group -> series.add(series(group, spans.get(group), scores.get(group))));
        }
        return new MetricsAnswer(
                series,
                words(merged(spansWhole, scoresWhole)),
                coverage(spansWhole),
                !query.groupBy().isEmpty() && order.isTruncated(tenant),
                visibleUntil);
    }

    private MetricsAnswer.Series series(List<String> group, @Nullable SqlValues ofSpans, @Nullable SqlValues ofScores) {
        return new MetricsAnswer.Series(
                names(group.subList(tenantColumns, group.size())),
                words(merged(ofSpans, ofScores)),
                coverage(ofSpans),
                query.interval().isEmpty() ? null : points(group));
    }

    private List<MetricsAnswer.Point> points(List<String> group) {
        Map<Long, SqlValues> ofSpans = spanPoints.getOrDefault(group, Map.of());
        Map<Long, SqlValues> ofScores = scorePoints.getOrDefault(group, Map.of());
        List<MetricsAnswer.Point> points = new ArrayList<>();
        for (Instant at : Points.of(query.window(), query.interval().orElseThrow())) {
            points.add(new MetricsAnswer.Point(
                    at, words(merged(ofSpans.get(at.getEpochSecond()), ofScores.get(at.getEpochSecond())))));
        }
        return points;
    }

    private Map<Measure, @Nullable Object> merged(@Nullable SqlValues ofSpans, @Nullable SqlValues ofScores) {
        Map<Measure, @Nullable Object> all = new LinkedHashMap<>(
                SqlValues.none(List.of(), 0, query.measures()).measures());
        if (ofSpans != null) {
            all.putAll(ofSpans.measures());
        }
        if (ofScores != null) {
            all.putAll(ofScores.measures());
        }
        return all;
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

    /** Wholes have the tenant as their group. */
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
