package io.pentameter.aggregation.trace;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scores of a trace and of its spans. */
final class SqlTraceScores {

    private static final int MAX_SCORES = 20_000;

    private SqlTraceScores() {}

    /** By span id; those of the trace as a whole under the empty text. */
    static Map<String, List<SpanView.TraceScore>> of(Reads reads, String tenant, String traceId) {
        Bindings bindings = new Bindings();
        String sql = "SELECT score_id, lower(hex(span_id)) AS span, name, source, rater, value, label, passed, comment,"
                + " toUnixTimestamp64Micro(created_at) * 1000 AS created_ns FROM score FINAL WHERE "
                + TenantQuery.TENANT
                + " AND trace_id = " + bindings.hex(traceId)
                + " ORDER BY created_at, score_id LIMIT " + MAX_SCORES;
        Map<String, List<SpanView.TraceScore>> bySpan = new HashMap<>();
        reads.read(new TenantQuery(tenant, sql, bindings), SqlTraceScores::score)
                .forEach(score -> {
                    String span = score.spanId() == null ? "" : score.spanId();
                    bySpan.computeIfAbsent(span, _ -> new ArrayList<>()).add(score);
                });
        return bySpan;
    }

    private static SpanView.TraceScore score(ResultSet row) throws SQLException {
        String span = row.getString("span");
        double value = row.getDouble("value");
        boolean hasValue = !row.wasNull();
        boolean passed = row.getInt("passed") == 1;
        boolean hasPassed = !row.wasNull();
        return new SpanView.TraceScore(
                row.getString("score_id"),
                span.equals("0000000000000000") ? null : span,
                row.getString("name"),
                row.getString("source"),
                row.getString("rater"),
                hasValue ? value : null,
                row.getString("label"),
                hasPassed ? passed : null,
                row.getString("comment"),
                SqlSpanRow.instant(row.getLong("created_ns")));
    }
}
