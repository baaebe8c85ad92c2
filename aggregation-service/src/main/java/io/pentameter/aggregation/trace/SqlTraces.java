package io.pentameter.aggregation.trace;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.metrics.Window;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads traces of a tenant. */
final class SqlTraces {

    static final int MAX_SPANS = 100_000;
    /** Payloads of more spans than this are left out of the whole; each span's own can still be asked for by its trace. */
    static final int MAX_PAYLOADS = 2_000;

    private final Reads reads;
    private final SqlOpenSpans openSpans;

    SqlTraces(Reads reads) {
        this.reads = reads;
        openSpans = new SqlOpenSpans(reads);
    }

    /** Start of a trace, for its other queries: with it the engine reads the minutes of the trace only. */
    private record Extent(Instant from, Instant to) {}

    /**
     * The trace, or empty if the tenant has none with that id.
     *
     * @param traceId 32 hexadecimal digits
     * @param payload whether to show prompts and outputs
     */
    Optional<TraceView> find(String tenant, String traceId, boolean payload) {
        Optional<Extent> extent = extent(tenant, traceId);
        List<SpanView> announced = openSpans.ofTrace(tenant, traceId);
        if (extent.isEmpty()) {
            return announced.isEmpty()
                    ? Optional.empty()
                    : Optional.of(view(
                            traceId.toLowerCase(Locale.ROOT),
                            List.of(),
                            announced,
                            SqlTraceScores.of(reads, tenant, traceId).getOrDefault("", List.of()),
                            payload));
        }
        Map<String, List<SpanView.TraceScore>> scores = SqlTraceScores.of(reads, tenant, traceId);
        Map<String, Texts> texts = payload ? payloads(tenant, traceId) : Map.of();
        Map<SqlTraceCosts.Key, SpanView.Priced> repriced = new SqlTraceCosts(reads, tenant)
                .of(traceId, new Window(extent.get().from(), extent.get().to().plusNanos(1)));
        Bindings bindings = new Bindings();
        String sql = "SELECT " + SqlSpanRow.COLUMNS + " FROM span FINAL WHERE " + TenantQuery.TENANT
                + " AND start >= " + bindings.instant(extent.get().from())
                + " AND start <= " + bindings.instant(extent.get().to())
                + " AND trace_id = " + bindings.hex(traceId)
                + " ORDER BY start, span_id LIMIT " + (MAX_SPANS + 1);
        List<SpanView> spans = reads.read(
                new TenantQuery(tenant, sql, bindings),
                row -> SqlSpanRow.of(
                        row,
                        repriced.get(new SqlTraceCosts.Key(row.getString("span"), row.getLong("span_version"))),
                        payload(row, payload, texts.get(row.getString("span"))),
                        scores.getOrDefault(row.getString("span"), List.of())));
        if (spans.isEmpty() && announced.isEmpty()) { // its spans are somewhere else now
            return Optional.empty();
        }
        return Optional.of(
                view(traceId.toLowerCase(Locale.ROOT), spans, announced, scores.getOrDefault("", List.of()), payload));
    }

    private Optional<Extent> extent(String tenant, String traceId) {
        Bindings bindings = new Bindings();
        String sql =
                "SELECT count(), toUnixTimestamp64Nano(min(start)), toUnixTimestamp64Nano(max(start)) FROM span WHERE "
                        + TenantQuery.TENANT + " AND trace_id = " + bindings.hex(traceId);
        return reads.read(
                        new TenantQuery(tenant, sql, bindings),
                        row -> row.getLong(1) == 0
                                ? Optional.<Extent>empty()
                                : Optional.of(new Extent(
                                        SqlSpanRow.instant(row.getLong(2)), SqlSpanRow.instant(row.getLong(3)))))
                .getFirst();
    }

    private record Texts(String span, String input, String output) {}

    private Map<String, Texts> payloads(String tenant, String traceId) {
        Bindings bindings = new Bindings();
        String sql = "SELECT lower(hex(span_id)), input, output FROM span_payload FINAL WHERE " + TenantQuery.TENANT
                + " AND trace_id = " + bindings.hex(traceId) + " LIMIT " + MAX_PAYLOADS;
        Map<String, Texts> texts = new HashMap<>();
        reads.read(
                        new TenantQuery(tenant, sql, bindings),
                        row -> new Texts(row.getString(1), row.getString(2), row.getString(3)))
                .forEach(text -> texts.put(text.span(), text));
        return texts;
    }

    private static SpanView.@Nullable PayloadView payload(ResultSet row, boolean shown, @Nullable Texts texts)
            throws SQLException {
        long inputSize = row.getLong("input_size");
        long outputSize = row.getLong("output_size");
        if (inputSize == 0 && outputSize == 0 && texts == null) {
            return null;
        }
        return new SpanView.PayloadView(
                texts == null ? null : texts.input(),
                texts == null ? null : texts.output(),
                inputSize,
                outputSize,
                row.getBoolean("payload_truncated"),
                row.getString("finish_reason"),
                shown ? null : "needs the scope payload");
    }

    private static TraceView view(
            String traceId,
            List<SpanView> all,
            List<SpanView> announced,
            List<SpanView.TraceScore> scores,
            boolean payload) {
        List<SpanView> ended = all.size() > MAX_SPANS ? all.subList(0, MAX_SPANS) : all;
        Totals totals = Totals.of(ended);
        Set<String> endedIds = ended.stream().map(SpanView::spanId).collect(Collectors.toSet());
        List<SpanView> running = all.size() > MAX_SPANS
                ? List.of()
                : announced.stream()
                        .filter(span -> !endedIds.contains(span.spanId()))
                        .toList();
        List<SpanView> spans = running.isEmpty()
                ? ended
                : Stream.concat(ended.stream(), running.stream())
                        .sorted(Comparator.comparing(SpanView::start).thenComparing(SpanView::spanId))
                        .toList();
        Instant start = spans.getFirst().start();
        return new TraceView(
                traceId,
                start,
                ended.isEmpty() ? null : totals.durationSeconds(start),
                ended.size(),
                running.size(),
                totals.errors(),
                totals.inputTokens(),
                totals.outputTokens(),
                totals.cost().map(BigDecimal::toPlainString).orElse(null),
                totals.billed().map(BigDecimal::toPlainString).orElse(null),
                all.size() > MAX_SPANS,
                payload ? "shown" : "withheld",
                spans,
                scores);
    }
}
