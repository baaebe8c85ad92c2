package io.pentameter.ingest.price;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What tenants pay differently: every version is kept, the last is in force. */
@ApplicationScoped
class PostgresOwnPrices {

    private final PostgresWork work;
    private final ObjectMapper json;
    private final InstantSource clock;

    PostgresOwnPrices(PostgresWork work, ObjectMapper json, InstantSource clock) {
        this.work = work;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A tenant's own prices.
     *
     * @param version   grows by one with each change; 0 if there never was one
     * @param changedAt absent if there never was one
     */
    record Stored(long version, @Nullable Instant changedAt, OwnPricesBody prices) {}

    Stored find(String tenant) {
        return work.ofTenant(tenant, connection -> last(connection, tenant));
    }

    /** Replaces all of them. */
    Stored replace(Caller caller, OwnPricesBody body, OwnPrices record) {
        String tenant = caller.requireTenant();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        long nowUs = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        return work.ofTenant(tenant, connection -> {
            try (PreparedStatement lock =
                    connection.prepareStatement("select pg_advisory_xact_lock(hashtext('own_prices/' || ?))")) {
                lock.setString(1, tenant);
                lock.execute();
            }
            long version = last(connection, tenant).version() + 1;
            String sql =
                    "insert into own_prices (tenant, version, body, changed_at, changed_by) values (?, ?, ?, ?, ?)";
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, tenant);
                insert.setLong(2, version);
                insert.setString(3, text(body));
                insert.setTimestamp(4, Timestamp.from(now));
                insert.setString(5, caller.name());
                insert.executeUpdate();
            }
            PostgresOutbox.config(
                    connection,
                    TenantConfigRecord.newBuilder()
                            .setSchemaVersion(1)
                            .setTenant(tenant)
                            .setKind("prices")
                            .setVersion(version)
                            .setChangedAtUs(nowUs)
                            .setPrices(record)
                            .build());
            PostgresOutbox.audit(
                    connection,
                    new PostgresOutbox.Act(
                            caller, nowUs, "prices.update", "prices", Map.of("version", Long.toString(version))));
            return new Stored(version, now, body);
        });
    }

    private Stored last(Connection connection, String tenant) throws SQLException {
        String sql = "select version, changed_at, body from own_prices where tenant = ? order by version desc limit 1";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, tenant);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? new Stored(rows.getLong(1), rows.getTimestamp(2).toInstant(), parsed(rows.getString(3)))
                        : new Stored(0, null, OwnPricesBody.NONE);
            }
        }
    }

    private OwnPricesBody parsed(String body) {
        try {
            return json.readValue(body, OwnPricesBody.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the row was written as JSON", e);
        }
    }

    private String text(OwnPricesBody body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }
}
