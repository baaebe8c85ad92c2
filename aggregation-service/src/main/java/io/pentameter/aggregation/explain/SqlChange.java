package io.pentameter.aggregation.explain;

import io.pentameter.aggregation.cost.CostDimension;
import io.pentameter.aggregation.cost.Keys;
import io.pentameter.aggregation.cost.LedgerSql;
import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.rollup.TokenClasses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads what two windows used and paid, by item and by dimension. */
final class SqlChange {

    /** Items that are looked at one by one, by what they cost in both windows; the others are one. */
    static final int MAX_ITEMS = 500;

    /** Values of a dimension that are looked at one by one, by how much they changed. */
    private static final int MAX_VALUES = 1_000;

    private static final String INPUT = "(" + TokenClasses.INPUT + ")";
    private static final String OUTPUT = "(" + TokenClasses.OUTPUT + ")";
    private static final String CALL = "(has_cost OR has_usage) AND NOT usage_repeated";
    private static final String PRICED = "cost_known AND NOT usage_repeated";

    private final Reads reads;
    private final String tenant;
    private final Question question;

    SqlChange(Reads reads, String tenant, Question question) {
        this.reads = reads;
        this.tenant = tenant;
        this.question = question;
    }

    /** Both windows: at 0 the former, at 1 the later. */
    record Pair<T>(T before, T after) {}

    /**
     * @param values  of the items by their keys
     * @param traffic by key of an item; {@link Keys#OTHER} for all that are not looked at one by one
     * @param whole   of all
     */
    record Found(
            Map<String, List<String>> values,
            Map<String, Pair<Traffic>> traffic,
            Pair<Traffic> whole,
            Map<String, Pair<ItemUse>> uses) {}

    Found read() {
        Map<String, List<String>> items = items();
        List<List<String>> values = List.copyOf(items.values());
        Map<String, Pair<Traffic>> traffic = new LinkedHashMap<>();
        Pair<Traffic> whole = new Pair<>(Traffic.NONE, Traffic.NONE);
        for (TrafficRow row : traffic(values)) {
            Pair<Traffic> had =
                    row.whole() ? whole : traffic.getOrDefault(row.key(), new Pair<>(Traffic.NONE, Traffic.NONE));
            Pair<Traffic> now =
                    row.isLater() ? new Pair<>(had.before(), row.traffic()) : new Pair<>(row.traffic(), had.after());
            if (row.whole()) {
                whole = now;
            } else {
                traffic.put(row.key(), now);
            }
        }
        return new Found(items, traffic, whole, uses(values));
    }

    private Map<String, List<String>> items() {
        Bindings bindings = new Bindings();
        String columns = IntStream.range(0, question.items().size())
                .mapToObj(i -> question.items().get(i).sql(bindings) + " AS g" + i)
                .collect(Collectors.joining(", "));
        if (columns.isEmpty()) {
            return Map.of();
        }
        String names = IntStream.range(0, question.items().size())
                .mapToObj(i -> "g" + i)
                .collect(Collectors.joining(", "));
        String sql = "SELECT " + columns + ", sum(" + LedgerSql.PAID + ") AS paid " + spans(bindings) + " AND " + CALL
                + " GROUP BY " + names + " ORDER BY paid DESC, " + names + " LIMIT " + MAX_ITEMS;
        Map<String, List<String>> items = new LinkedHashMap<>();
        run(sql, bindings, row -> {
                    List<String> values = new ArrayList<>();
                    for (int i = 0; i < question.items().size(); i++) {
                        values.add(row.getString(i + 1));
                    }
                    return values;
                })
                .forEach(values -> items.put(Keys.of(values), values));
        return items;
    }

    private record TrafficRow(String key, boolean whole, boolean isLater, Traffic traffic) {}

    private List<TrafficRow> traffic(List<List<String>> items) {
        Bindings bindings = new Bindings();
        String sql = "SELECT k, grouping(k) AS whole, later, uniqExact(trace_id) AS requests, countIf(priced) AS calls,"
                + " countIf(NOT priced) AS unpriced, countIf(error) AS failed, countIf(attempt_number > 1) AS retries,"
                + " sumIf(input, priced) AS input_tokens, sumIf(in_cache_read, priced) AS cached, sumIf(output, priced) AS"
                + " output_tokens, quantileTDigestIf(0.5)(input + output, priced) AS p50,"
                + " quantileTDigestIf(0.95)(input + output, priced) AS p95, sum(paid) AS nano FROM (SELECT "
                + key(items, bindings) + " AS k, " + later(bindings) + " AS later, trace_id, " + PRICED
                + " AS priced, error,"
                + " attempt_number, in_cache_read, " + INPUT + " AS input, " + OUTPUT + " AS output, " + LedgerSql.PAID
                + " AS paid " + spans(bindings) + " AND " + CALL
                + ") GROUP BY GROUPING SETS ((k, later), (later))";
        return run(
                sql,
                bindings,
                row -> new TrafficRow(
                        row.getString("k"), row.getInt("whole") == 1, row.getInt("later") == 1, trafficOf(row)));
    }

    private static Traffic trafficOf(ResultSet row) throws SQLException {
        return new Traffic(
                row.getLong("requests"),
                row.getLong("calls"),
                row.getLong("unpriced"),
                row.getLong("failed"),
                row.getLong("retries"),
                row.getLong("input_tokens"),
                row.getLong("cached"),
                row.getLong("output_tokens"),
                row.getDouble("p50"),
                row.getDouble("p95"),
                row.getLong("nano"));
    }

    private record PartRow(String key, boolean isLater, String word, long units, long nano) {}

    private Map<String, Pair<ItemUse>> uses(List<List<String>> items) {
        Bindings bindings = new Bindings();
        String sql = "SELECT k, later, part.1 AS word, sum(part.2) AS units, sum(part.3) AS nano FROM (SELECT "
                + key(items, bindings) + " AS k, " + later(bindings) + " AS later, arrayJoin(" + LedgerSql.parts()
                + ") AS part " + spans(bindings) + " AND " + PRICED
                + ") GROUP BY k, later, word ORDER BY k, later, word";
        Map<String, Pair<ItemUse>> uses = new HashMap<>();
        run(
                        sql,
                        bindings,
                        row -> new PartRow(
                                row.getString(1), row.getInt(2) == 1, row.getString(3), row.getLong(4), row.getLong(5)))
                .forEach(row -> {
                    Pair<ItemUse> pair = uses.computeIfAbsent(row.key(), _ -> new Pair<>(new ItemUse(), new ItemUse()));
                    (row.isLater() ? pair.after() : pair.before()).add(row.word(), row.units(), row.nano());
                });
        return uses;
    }

    /** What a value of a dimension cost in both windows, in 1e-9 USD. */
    record ValueCost(int dimension, String value, long before, long after) {}

    /** Those that changed most, of each ranked dimension. */
    List<ValueCost> values() {
        if (question.ranked().isEmpty()) {
            return List.of();
        }
        Bindings bindings = new Bindings();
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < question.ranked().size(); i++) {
            elements.add("(" + i + ", " + question.ranked().get(i).sql(bindings) + ")");
        }
        String sql =
                "SELECT element.1 AS dimension, element.2 AS value, sumIf(paid, NOT later) AS former, sumIf(paid, later)"
                        + " AS latter FROM (SELECT arrayJoin([" + String.join(", ", elements) + "]) AS element, "
                        + later(bindings) + " AS later, " + LedgerSql.PAID + " AS paid " + spans(bindings) + " AND "
                        + CALL
                        + ") GROUP BY dimension, value ORDER BY abs(latter - former) DESC, dimension, value LIMIT "
                        + MAX_VALUES
                        + " BY dimension";
        return run(
                sql, bindings, row -> new ValueCost(row.getInt(1), row.getString(2), row.getLong(3), row.getLong(4)));
    }

    private String key(List<List<String>> items, Bindings bindings) {
        List<String> values = question.items().stream()
                .map((CostDimension dimension) -> dimension.sql(bindings))
                .toList();
        return Keys.sql(values, items, bindings);
    }

    private String later(Bindings bindings) {
        return "(" + LedgerSql.during(question.after(), bindings) + ")";
    }

    private String spans(Bindings bindings) {
        Window both = new Window(
                earlier(question.before().from(), question.after().from()),
                later(question.before().to(), question.after().to()));
        String during = "((" + LedgerSql.during(question.before(), bindings) + ") OR ("
                + LedgerSql.during(question.after(), bindings) + "))";
        return SqlLedger.of(reads, tenant, both, question.basis()).spans(during, question.filters(), bindings);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private <T> List<T> run(String sql, Bindings bindings, Reads.Row<T> row) {
        return reads.read(new TenantQuery(tenant, sql, bindings), row);
    }
}
