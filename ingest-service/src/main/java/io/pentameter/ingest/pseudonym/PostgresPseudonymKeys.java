package io.pentameter.ingest.pseudonym;

import io.pentameter.ingest.config.IngestConfig;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Tenants' keys in PostgreSQL, wrapped; each is read once and then held. */
@Singleton
class PostgresPseudonymKeys implements PseudonymKeys {

    /** After a failure nobody waits for the database again so soon: deliveries of other tenants need the threads. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final DataSource database;
    private final InstantSource clock;
    private final @Nullable KeyWrap wrap;
    private final Map<String, TenantKey> known = new ConcurrentHashMap<>();
    private volatile Instant awayUntil = Instant.EPOCH;

    PostgresPseudonymKeys(DataSource database, InstantSource clock, IngestConfig config) {
        this.database = database;
        this.clock = clock;
        this.wrap = config.pseudonymKey()
                .filter(secret -> !secret.isBlank())
                .map(secret -> new KeyWrap(secret, new SecureRandom()))
                .orElse(null);
    }

    @Override
    public Optional<TenantKey> of(String tenant) {
        KeyWrap wrapping = wrap;
        if (wrapping == null) {
            return Optional.empty();
        }
        TenantKey key = known.get(tenant);
        if (key == null) {
            key = loaded(tenant, wrapping);
            known.put(tenant, key);
        }
        return Optional.of(key);
    }

    private TenantKey loaded(String tenant, KeyWrap wrapping) {
        if (awayUntil.isAfter(clock.instant())) {
            throw new PseudonymKeysAwayException("the store of tenants' keys is away");
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                byte[] wrapped = stored(connection, tenant, wrapping.fresh(tenant));
                connection.commit();
                return new TenantKey(wrapping.open(tenant, wrapped));
            } catch (SQLException | GeneralSecurityException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            awayUntil = clock.instant().plus(PAUSE);
            throw new PseudonymKeysAwayException("the store of tenants' keys is away", e);
        } catch (GeneralSecurityException e) {
            awayUntil = clock.instant().plus(PAUSE);
            throw new PseudonymKeysAwayException(
                    "the tenant's key was wrapped with another secret than pentameter.ingest.pseudonym-key", e);
        }
    }

    /** The key that is there, or the fresh one; of two instances that ask at once both get the same. */
    private static byte[] stored(Connection connection, String tenant, byte[] fresh) throws SQLException {
        try (PreparedStatement scope = connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
            scope.setString(1, tenant);
            scope.execute();
        }
        String insert = "insert into pseudonym_key (tenant, wrapped) values (?, ?) on conflict do nothing";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, tenant);
            statement.setBytes(2, fresh);
            statement.executeUpdate();
        }
        String select = "select wrapped from pseudonym_key where tenant = ?";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, tenant);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("the key that was just kept is not there");
                }
                return rows.getBytes(1);
            }
        }
    }
}
