package io.pentameter.aggregation.change;

import io.pentameter.aggregation.engine.ArrayColumn;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Micros;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists changes of a tenant; of each id the latest. */
public final class SqlChanges {

    /** Changes beside the numbers of one window. */
    public static final int MAX_ANNOTATIONS = 500;

    private static final List<String> SCOPE =
            List.of("feature", "environment", "provider", "model", "prompt_name", "prompt_version", "release");
    private static final String SELECT =
            "SELECT change_id, kind, title, toUnixTimestamp64Micro(occurred_at) AS occurred,"
                    + " toUnixTimestamp64Micro(ended_at) AS ended, mapKeys(attributes) AS attribute_keys,"
                    + " mapValues(attributes) AS attribute_values, " + String.join(", ", SCOPE)
                    + " FROM change FINAL WHERE ";

    private final Reads reads;

    public SqlChanges(Reads reads) {
        this.reads = reads;
    }

    /**
     * What to list.
     *
     * @param position last entry of the page before: time in microseconds and change id
     */
    record Question(Optional<String> kind, Instant from, Instant to, int limit, Optional<List<String>> position) {}

    /** Newest first; one more than asked for, if there are more. */
    List<ChangeView> list(String tenant, Question question) {
        Bindings bindings = new Bindings();
        StringBuilder sql = new StringBuilder(SELECT + TenantQuery.TENANT + " AND occurred_at >= ");
        sql.append(bindings.instant(question.from()))
                .append(" AND occurred_at < ")
                .append(bindings.instant(question.to()));
        question.kind().ifPresent(kind -> sql.append(" AND kind = ").append(bindings.text(kind)));
        question.position()
                .ifPresent(position -> sql.append(" AND (toUnixTimestamp64Micro(occurred_at), change_id) < (")
                        .append(bindings.number(Long.parseLong(position.getFirst())))
                        .append(", ")
                        .append(bindings.text(position.getLast()))
                        .append(")"));
        sql.append(" ORDER BY occurred_at DESC, change_id DESC LIMIT ").append(question.limit() + 1);
        return reads.read(new TenantQuery(tenant, sql.toString(), bindings), SqlChanges::view);
    }

    /**
     * What fell into a window, oldest first: what happened in it, and what had begun before and is said to have ended in it or
     * later. At most {@link #MAX_ANNOTATIONS}, the latest.
     */
    public List<ChangeView> during(String tenant, Instant from, Instant to) {
        Bindings bindings = new Bindings();
        String sql = SELECT + TenantQuery.TENANT + " AND occurred_at < " + bindings.instant(to)
                + " AND (occurred_at >= " + bindings.instant(from) + " OR ended_at >= " + bindings.instant(from)
                + ") ORDER BY occurred_at DESC, change_id DESC LIMIT " + MAX_ANNOTATIONS;
        return reads.read(new TenantQuery(tenant, sql, bindings), SqlChanges::view)
                .reversed();
    }

    private static ChangeView view(ResultSet row) throws SQLException {
        Map<String, String> scope = new LinkedHashMap<>();
        for (String name : SCOPE) {
            if (!row.getString(name).isEmpty()) {
                scope.put(name, row.getString(name));
            }
        }
        long ended = row.getLong("ended");
        return new ChangeView(
                row.getString("change_id"),
                row.getString("kind"),
                row.getString("title"),
                Micros.instant(row.getLong("occurred")),
                ended == 0 ? null : Micros.instant(ended),
                scope,
                ArrayColumn.map(row, "attribute_keys", "attribute_values"));
    }
}
