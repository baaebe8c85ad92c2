package io.pentameter.aggregation.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists who did what in a tenant, newest first. */
final class SqlAuditTrail {

    private final Reads reads;

    SqlAuditTrail(Reads reads) {
        this.reads = reads;
    }

    /**
     * What to list.
     *
     * @param position last entry of the page before: time in microseconds and audit id
     */
    record Question(
            Optional<String> action,
            Optional<String> actor,
            Instant from,
            Instant to,
            int limit,
            Optional<List<String>> position) {}

    /** @param actorKind person, key or service */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record AuditView(
            String auditId,
            Instant at,
            String actorKind,
            String actorId,
            @Nullable String actorName,
            String action,
            @Nullable String object,
            String result,
            @Nullable String requestId,
            Map<String, String> details) {}

    /** One more than asked for, if there are more. */
    List<AuditView> list(String tenant, Question question) {
        Bindings bindings = new Bindings();
        StringBuilder sql =
                new StringBuilder("SELECT audit_id, toUnixTimestamp64Micro(at) AS micros, actor_kind, actor_id,"
                        + " actor_name, action, object, result, request_id, mapKeys(details) AS detail_keys,"
                        + " mapValues(details) AS detail_values FROM audit FINAL WHERE " + TenantQuery.TENANT
                        + " AND at >= ");
        sql.append(bindings.instant(question.from())).append(" AND at < ").append(bindings.instant(question.to()));
        question.action().ifPresent(action -> sql.append(" AND action = ").append(bindings.text(action)));
        question.actor().ifPresent(actor -> sql.append(" AND actor_id = ").append(bindings.text(actor)));
        question.position()
                .ifPresent(position -> sql.append(" AND (toUnixTimestamp64Micro(at), audit_id) < (")
                        .append(bindings.number(Long.parseLong(position.getFirst())))
                        .append(", ")
                        .append(bindings.text(position.getLast()))
                        .append(")"));
        sql.append(" ORDER BY at DESC, audit_id DESC LIMIT ").append(question.limit() + 1);
        return reads.read(new TenantQuery(tenant, sql.toString(), bindings), SqlAuditTrail::view);
    }

    private static AuditView view(ResultSet row) throws SQLException {
        long micros = row.getLong("micros");
        return new AuditView(
                row.getString("audit_id"),
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L),
                row.getString("actor_kind"),
                row.getString("actor_id"),
                row.getString("actor_name"),
                row.getString("action"),
                row.getString("object"),
                row.getString("result"),
                row.getString("request_id"),
                details(row.getArray("detail_keys"), row.getArray("detail_values")));
    }

    private static Map<String, String> details(Array keys, Array values) throws SQLException {
        Map<String, String> details = new TreeMap<>();
        Object names = keys.getArray();
        Object texts = values.getArray();
        for (int i = 0; i < java.lang.reflect.Array.getLength(names); i++) {
            details.put(
                    String.valueOf(java.lang.reflect.Array.get(names, i)),
                    String.valueOf(java.lang.reflect.Array.get(texts, i)));
        }
        return details;
    }
}
