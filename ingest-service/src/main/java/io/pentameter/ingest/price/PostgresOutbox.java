package io.pentameter.ingest.price;

import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.kit.token.Caller;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/** Writes records for the log into the transaction that they tell of. */
final class PostgresOutbox {

    private PostgresOutbox() {}

    static void config(Connection connection, TenantConfigRecord change) throws SQLException {
        String key = change.getTenant() + "/" + change.getKind();
        write(connection, Topics.TENANT_CONFIG, key.getBytes(StandardCharsets.UTF_8), change.toByteArray());
    }

    static void audit(Connection connection, Act act) throws SQLException {
        Caller caller = act.caller();
        String tenant = caller.tenant() == null ? "" : caller.tenant();
        AuditRecord audit = AuditRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant(tenant)
                .setAuditId(UUID.randomUUID().toString())
                .setAtUs(act.atUs())
                .setActorKind(caller.key() == null ? "person" : "key")
                .setActorId(caller.subject())
                .setActorName(caller.name())
                .setAction(act.action())
                .setObject(act.object())
                .setResult("allowed")
                .putAllDetails(act.details())
                .build();
        write(connection, Topics.AUDIT, PartitionKey.ofTenant(tenant), audit.toByteArray());
    }

    /** Who did what. */
    record Act(Caller caller, long atUs, String action, String object, Map<String, String> details) {

        public Act {
            details = Map.copyOf(details);
        }
    }

    private static void write(Connection connection, Topics topic, byte[] key, byte[] value) throws SQLException {
        String sql = "insert into outbox (topic, key, value) values (?, ?, ?)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, topic.name());
            statement.setBytes(2, key);
            statement.setBytes(3, value);
            statement.executeUpdate();
        }
    }
}
