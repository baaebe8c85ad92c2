package io.pentameter.ingest.assembly;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Transactions in the schema of this service, each confined to one tenant by row-level security. They wait for their turn,
 * because each holds a connection, but not for long.
 */
@ApplicationScoped
public class PostgresTransactions {

    private final DataSource database;
    private final AssemblyConfig config;
    private final Semaphore turns;

    PostgresTransactions(DataSource database, AssemblyConfig config) {
        this.database = database;
        this.config = config;
        this.turns = new Semaphore(config.maxConcurrent());
    }

    /** What is done in a transaction. */
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Does the work and commits; a fault rolls it back.
     *
     * @throws Assembly.UnavailableException if the database is away, refuses, or too many wait for it
     */
    public <T> T of(String tenant, Work<T> work) {
        awaitTurn();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                confine(connection, tenant);
                T done = work.with(connection);
                connection.commit();
                return done;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new Assembly.UnavailableException("the store of pieces is away", e);
        } finally {
            turns.release();
        }
    }

    private static void confine(Connection connection, String tenant) throws SQLException {
        try (PreparedStatement scope = connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
            scope.setString(1, tenant);
            scope.execute();
        }
    }

    private void awaitTurn() {
        try {
            if (!turns.tryAcquire(config.maxWait().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Assembly.UnavailableException("too many deliveries wait for the store of pieces");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Assembly.UnavailableException("interrupted", e);
        }
    }
}
