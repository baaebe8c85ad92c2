package io.pentameter.aggregation.engine;

import com.clickhouse.jdbc.DataSourceImpl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Connections of one user, made when first needed, so that the service starts while the engine is away. Thread-safe. */
final class ClickHouseConnections implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ClickHouseConnections.class);

    private final DataSourceImpl source;
    private final Semaphore free;
    private final long patienceMillis;
    private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();

    /** @param most at a time */
    ClickHouseConnections(ClickHouseConfig config, String user, String password, int most) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("compress", "false"); // the engine is near
        properties.setProperty(
                "socket_timeout",
                String.valueOf(config.maxQueryTime().plusSeconds(10).toMillis()));
        try {
            source = new DataSourceImpl("jdbc:clickhouse:" + config.url() + "/" + config.database(), properties);
        } catch (RuntimeException e) {
            throw new IllegalStateException("pentameter.clickhouse.url cannot be used: " + config.url(), e);
        }
        free = new Semaphore(most, true);
        patienceMillis = config.maxQueryTime().toMillis();
    }

    /** What is done with a connection. */
    interface Use<T> {
        T of(Connection connection) throws SQLException;
    }

    /** The result, or empty if no connection came free in time. */
    <T> Optional<T> use(Use<T> use) throws SQLException, InterruptedException {
        if (!free.tryAcquire(patienceMillis, TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        Connection connection = idle.poll();
        try {
            if (connection == null) {
                connection = source.getConnection();
            }
            return Optional.of(use.of(connection));
        } finally {
            if (connection != null) { // after a fault too: a request that failed leaves nothing behind on it
                idle.push(connection);
            }
            free.release();
        }
    }

    @Override
    public void close() {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debugf(e, "a connection did not close");
            }
        }
    }
}
