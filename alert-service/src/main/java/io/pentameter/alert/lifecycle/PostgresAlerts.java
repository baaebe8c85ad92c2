package io.pentameter.alert.lifecycle;

import io.pentameter.alert.request.Cursor;
import io.pentameter.alert.store.PostgresTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The alerts of the transaction's tenant; of all tenants, in a transaction that sees them. */
@ApplicationScoped
class PostgresAlerts {

    /** Which alerts a caller wants. */
    record Wanted(
            @Nullable String state,
            @Nullable String ruleId,
            @Nullable Cursor before,
            int max) {}

    Optional<PostgresAlertRow> find(PostgresTransaction transaction, String id) {
        return transaction.first(PostgresAlertRow.class, "from PostgresAlertRow where id = :id", Map.of("id", id));
    }

    /** Pending and firing alerts, locked. */
    List<PostgresAlertRow> lockOpen(PostgresTransaction transaction, Collection<String> ruleIds) {
        if (ruleIds.isEmpty()) {
            return List.of();
        }
        return transaction.listSql(PostgresAlertRow.class, """
                select * from alert where rule_id in (:rules) and state in ('pending', 'firing')
                order by id for update""", Map.of("rules", ruleIds));
    }

    /** The newest first. */
    List<PostgresAlertRow> page(PostgresTransaction transaction, Wanted wanted) {
        Map<String, Object> parameters = new HashMap<>();
        StringBuilder where = new StringBuilder("where 1 = 1");
        if (wanted.state() != null) {
            where.append(" and state = :state");
            parameters.put("state", wanted.state());
        }
        if (wanted.ruleId() != null) {
            where.append(" and ruleId = :rule");
            parameters.put("rule", wanted.ruleId().replace('\0', ' '));
        }
        if (wanted.before() != null) {
            where.append(" and (pendingSince < :at or pendingSince = :at and id < :id)");
            parameters.put("at", wanted.before().at());
            parameters.put("id", wanted.before().id());
        }
        return transaction.list(
                PostgresAlertRow.class,
                "from PostgresAlertRow %s order by pendingSince desc, id desc".formatted(where),
                parameters,
                wanted.max());
    }
}
