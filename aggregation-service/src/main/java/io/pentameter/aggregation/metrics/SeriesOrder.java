package io.pentameter.aggregation.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which series there are, in which order, by tenant.
 *
 * <p>The rows of spans come ordered from the engine. Groups that only scores or outcomes have come behind them; if the order is
 * by a measure of these, it decides alone.
 */
final class SeriesOrder {

    private final Map<List<String>, List<List<String>>> groups = new HashMap<>();
    private final int limit;

    /** @param tenantColumns how many values at the beginning of a group are the tenant: 0 or 1 */
    SeriesOrder(MetricsQuery query, SqlMetrics.Rows rows, int tenantColumns) {
        limit = query.limit();
        for (List<String> group : candidates(query, rows)) {
            groups.computeIfAbsent(group.subList(0, tenantColumns), _ -> new ArrayList<>())
                    .add(group);
        }
    }

    /** The groups of a tenant to show, at most the limit. */
    List<List<String>> shown(List<String> tenant) {
        List<List<String>> all = groups.getOrDefault(tenant, List.of());
        return all.subList(0, Math.min(limit, all.size()));
    }

    /** The groups of all tenants to show. */
    Set<List<String>> shown() {
        Set<List<String>> shown = new LinkedHashSet<>();
        groups.keySet().forEach(tenant -> shown.addAll(shown(tenant)));
        return shown;
    }

    /** Whether a tenant has more series than are shown. */
    boolean isTruncated(List<String> tenant) {
        return groups.getOrDefault(tenant, List.of()).size() > limit;
    }

    private static Set<List<String>> candidates(MetricsQuery query, SqlMetrics.Rows rows) {
        Set<List<String>> candidates = new LinkedHashSet<>();
        FactSource first = query.order().measure().source();
        List<SqlValues> ordered = rows.of(first).totals();
        add(candidates, first == FactSource.SPANS ? ordered : sorted(query.order(), ordered));
        for (FactSource source : FactSource.values()) {
            add(candidates, rows.of(source).totals());
        }
        return candidates;
    }

    private static void add(Set<List<String>> candidates, List<SqlValues> rows) {
        rows.stream().filter(row -> !row.whole()).map(SqlValues::group).forEach(candidates::add);
    }

    private static List<SqlValues> sorted(MetricsQuery.Order order, List<SqlValues> rows) {
        Comparator<Double> direction = order.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Comparator<SqlValues> byMeasure = Comparator.comparing(
                row -> number(row.measures().get(order.measure())), Comparator.nullsLast(direction));
        return rows.stream()
                .sorted(byMeasure.thenComparing(row -> String.join("\u001f", row.group())))
                .toList();
    }

    private static @Nullable Double number(@Nullable Object value) {
        return switch (value) {
            case Number number -> number.doubleValue();
            case String money -> Double.valueOf(money);
            case null, default -> null;
        };
    }
}
