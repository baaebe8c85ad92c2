package io.pentameter.aggregation.trace;

import io.pentameter.aggregation.cost.LedgerSql;
import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.filter.Quantity;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.rollup.TokenClasses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists traces that have a span which fulfils all filters, newest first. */
final class SqlTraceSearch {

    /** Spans of a listed trace that began so much before or after the one that was found are counted with it. */
    private static final Duration REACH = Duration.ofHours(6);

    private final Reads reads;

    SqlTraceSearch(Reads reads) {
        this.reads = reads;
    }

    /**
     * What to list.
     *
     * @param position last entry of the page before: start in nanoseconds and trace id; empty for the first page
     */
    record Question(List<Filter> filters, Instant from, Instant to, int limit, Optional<List<String>> position) {}

    /** A trace in a list; sums are over all its spans, costs as priced now, {@code start} is that of its first span in the window which was found. */
    record Entry(
            String traceId,
            Instant start,
            String name,
            double durationSeconds,
            long spanCount,
            long errorCount,
            long inputTokens,
            long outputTokens,
            @Nullable String costUsd,
            Map<String, String> dimensions) {}

    /** One more than asked for, if there are more. */
    List<Entry> list(String tenant, Question question) {
        List<Found> found = found(tenant, question);
        if (found.isEmpty()) {
            return List.of();
        }
        Map<String, Entry> entries = entries(tenant, found);
        List<Entry> list = new ArrayList<>();
        for (Found one : found) {
            Entry entry = entries.get(one.traceId());
            if (entry != null) {
                list.add(entry);
            }
        }
        return list;
    }

    private record Found(String traceId, long startNanos) {}

    private static boolean isOfCost(Filter filter) {
        boolean isAmount = filter instanceof Filter.Compared compared && compared.quantity() == Quantity.COST_USD;
        return isAmount
                || filter.dimensionOrEmpty()
                        .filter(dimension -> dimension.word().equals("price_version"))
                        .isPresent();
    }

    private List<Found> found(String tenant, Question question) {
        Bindings bindings = new Bindings();
        String having = question.position()
                .map(position -> " HAVING (first, trace) < (" + bindings.number(Long.parseLong(position.getFirst()))
                        + ", " + bindings.text(position.getLast()) + ")")
                .orElse("");
        Window window = new Window(question.from(), question.to());
        PriceBasis basis = question.filters().stream().anyMatch(SqlTraceSearch::isOfCost)
                ? PriceBasis.AS_PRICED_NOW
                : PriceBasis.AS_BILLED; // no cost is looked at, and so none is joined
        String sql = "SELECT lower(hex(trace_id)) AS trace, toUnixTimestamp64Nano(min(start)) AS first "
                + SqlLedger.of(reads, tenant, window, basis).spans(window, question.filters(), bindings)
                + " GROUP BY trace_id" + having
                + " ORDER BY first DESC, trace DESC LIMIT " + (question.limit() + 1);
        return reads.read(new TenantQuery(tenant, sql, bindings), row -> new Found(row.getString(1), row.getLong(2)));
    }

    private Map<String, Entry> entries(String tenant, List<Found> found) {
        Map<String, Long> starts = new HashMap<>();
        found.forEach(one -> starts.put(one.traceId(), one.startNanos()));
        Bindings bindings = new Bindings();
        Window window = new Window(
                SqlSpanRow.instant(found.getLast().startNanos()).minus(REACH),
                SqlSpanRow.instant(found.getFirst().startNanos()).plus(REACH));
        List<String> dimensions = List.of("feature", "customer", "environment", "model");
        String columns = dimensions.stream()
                .map(name -> "argMaxIf(%1$s, is_request, %1$s != '') AS d_%1$s".formatted(name))
                .collect(Collectors.joining(", "));
        String ids = found.stream().map(one -> bindings.hex(one.traceId())).collect(Collectors.joining(", "));
        String sql = "SELECT lower(hex(trace_id)) AS trace, count() AS spans, countIf(error) AS errors,"
                + " argMax(name, (is_request, parent_span_id = unhex('0000000000000000'), -toUnixTimestamp64Nano(start)))"
                + " AS title, max(toUnixTimestamp64Nano(start) + duration_ns) - min(toUnixTimestamp64Nano(start)) AS length,"
                + " sumIf(" + TokenClasses.INPUT + ", NOT usage_repeated)"
                + " AS input, sumIf(" + TokenClasses.OUTPUT + ", NOT usage_repeated) AS output,"
                + " countIf(cost_known AND NOT usage_repeated) AS priced, countIf((has_cost OR has_usage) AND NOT usage_repeated) AS priceable,"
                + " sumIf(cost_nano, NOT usage_repeated) AS nano, " + columns
                + " "
                + SqlLedger.of(reads, tenant, window, PriceBasis.AS_PRICED_NOW)
                        .spans(
                                LedgerSql.during(window, bindings) + " AND trace_id IN (" + ids + ")",
                                List.of(),
                                bindings)
                + " GROUP BY trace_id";
        Map<String, Entry> entries = new HashMap<>();
        reads.read(new TenantQuery(tenant, sql, bindings), row -> {
                    Map<String, String> values = new HashMap<>();
                    for (String name : dimensions) {
                        if (!row.getString("d_" + name).isEmpty()) {
                            values.put(name, row.getString("d_" + name));
                        }
                    }
                    boolean unknown = row.getLong("priced") == 0 && row.getLong("priceable") > 0;
                    String trace = row.getString("trace");
                    return new Entry(
                            trace,
                            SqlSpanRow.instant(starts.getOrDefault(trace, 0L)),
                            row.getString("title"),
                            SqlSpanRow.seconds(row.getLong("length")),
                            row.getLong("spans"),
                            row.getLong("errors"),
                            row.getLong("input"),
                            row.getLong("output"),
                            unknown ? null : SqlSpanRow.dollars(row.getLong("nano")),
                            values);
                })
                .forEach(entry -> entries.put(entry.traceId(), entry));
        return entries;
    }

    /** The filter that a query parameter of that name stands for, if it is a dimension. */
    static Optional<Filter> equal(String dimension, List<String> values) {
        return Dimension.of(dimension).map(known -> new Filter.OneOf(known, false, values));
    }
}
