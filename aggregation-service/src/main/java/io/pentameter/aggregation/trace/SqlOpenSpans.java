package io.pentameter.aggregation.trace;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Spans that have begun and not ended: those that were announced, and of which no span has come, whichever came first. An
 * announcement is kept for 3 days.
 */
final class SqlOpenSpans {

    /** How long an announcement is kept. */
    static final Duration LIFE = Duration.ofDays(3);

    /** Dimensions that an announcement tells. */
    static final List<String> DIMENSIONS = List.of(
            "feature", "route", "customer", "user", "session", "model", "provider", "environment", "kind", "dialect");

    /** An end that was said to have begun earlier than its announcement by up to this is found. */
    private static final Duration SKEW = Duration.ofHours(1);

    private static final int MAX_SPANS_OF_TRACE = 10_000;

    private final Reads reads;

    SqlOpenSpans(Reads reads) {
        this.reads = reads;
    }

    /**
     * What to list.
     *
     * @param from     earliest start of the running spans
     * @param position last entry of the page before: start in nanoseconds and trace id
     */
    record Question(List<Filter> filters, Instant from, Instant to, int limit, Optional<List<String>> position) {}

    /**
     * A trace with something running.
     *
     * @param runningSince when the earliest of its running spans began
     * @param name         of that span, or of the request if that runs
     * @param runningSpans how many of its spans run
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RunningTrace(
            String traceId, Instant runningSince, String name, long runningSpans, Map<String, String> dimensions) {}

    /** Traces by the start of their earliest running span, newest first; one more than asked for, if there are more. */
    List<RunningTrace> list(String tenant, Question question) {
        Bindings bindings = new Bindings();
        String conditions = question.filters().stream()
                .map(filter -> " AND " + filter.sql(bindings, Dimension::column))
                .collect(Collectors.joining());
        String having = question.position()
                .map(position -> " HAVING (since, trace) < (" + bindings.number(Long.parseLong(position.getFirst()))
                        + ", " + bindings.text(position.getLast()) + ")")
                .orElse("");
        List<String> shown = List.of("feature", "customer", "user", "environment", "model");
        String columns = shown.stream()
                .map(name -> "argMaxIf(%1$s, is_request, %1$s != '') AS d_%1$s".formatted(name))
                .collect(Collectors.joining(", "));
        String sql =
                "SELECT lower(hex(trace_id)) AS trace, toUnixTimestamp64Nano(min(start)) AS since, count() AS spans,"
                        + " argMax(name, (is_request, -toUnixTimestamp64Nano(start))) AS title, " + columns
                        + " FROM span_open FINAL WHERE " + TenantQuery.TENANT
                        + " AND start >= " + bindings.instant(question.from())
                        + " AND start < " + bindings.instant(question.to()) + conditions
                        + " AND (trace_id, span_id) NOT IN (SELECT trace_id, span_id FROM span WHERE "
                        + TenantQuery.TENANT
                        + " AND NOT is_deleted AND start >= "
                        + bindings.instant(question.from().minus(SKEW))
                        + " AND trace_id IN (SELECT trace_id FROM span_open FINAL WHERE " + TenantQuery.TENANT
                        + " AND start >= " + bindings.instant(question.from())
                        + " AND start < " + bindings.instant(question.to()) + "))"
                        + " GROUP BY trace_id" + having
                        + " ORDER BY since DESC, trace DESC LIMIT " + (question.limit() + 1);
        return reads.read(new TenantQuery(tenant, sql, bindings), row -> {
            Map<String, String> dimensions = new LinkedHashMap<>();
            for (String name : shown) {
                if (!row.getString("d_" + name).isEmpty()) {
                    dimensions.put(name, row.getString("d_" + name));
                }
            }
            return new RunningTrace(
                    row.getString("trace"),
                    SqlSpanRow.instant(row.getLong("since")),
                    row.getString("title"),
                    row.getLong("spans"),
                    dimensions);
        });
    }

    /** The announced spans of a trace; whoever has its spans knows which of them have ended. */
    List<SpanView> ofTrace(String tenant, String traceId) {
        Bindings bindings = new Bindings();
        String sql = "SELECT lower(hex(span_id)) AS span, lower(hex(parent_span_id)) AS parent, name, is_request,"
                + " toUnixTimestamp64Nano(start) AS start_ns, " + String.join(", ", DIMENSIONS)
                + " FROM span_open FINAL WHERE " + TenantQuery.TENANT
                + " AND trace_id = " + bindings.hex(traceId)
                + " ORDER BY start, span_id LIMIT " + MAX_SPANS_OF_TRACE;
        return reads.read(new TenantQuery(tenant, sql, bindings), SqlOpenSpans::view);
    }

    private static SpanView view(ResultSet row) throws SQLException {
        Map<String, String> dimensions = new LinkedHashMap<>();
        for (String name : DIMENSIONS) {
            if (!name.equals("kind") && !row.getString(name).isEmpty()) {
                dimensions.put(name, row.getString(name));
            }
        }
        String parent = row.getString("parent");
        return SpanView.running(
                row.getString("span"),
                parent.equals("0000000000000000") ? null : parent,
                row.getString("name"),
                row.getString("kind"),
                row.getBoolean("is_request"),
                SqlSpanRow.instant(row.getLong("start_ns")),
                dimensions);
    }

    /** The filter that a query parameter of that name stands for, if an announcement tells it. */
    static Optional<Filter> equal(String dimension, List<String> values) {
        return DIMENSIONS.contains(dimension)
                ? Dimension.of(dimension).map(known -> new Filter.OneOf(known, false, values))
                : Optional.empty();
    }

    static @Nullable String first(@Nullable List<String> values) {
        return values == null || values.isEmpty() ? null : values.getFirst();
    }
}
