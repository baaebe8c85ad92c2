package io.pentameter.ingest.price;

import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Transactions of a tenant or of the platform; row-level security holds them to it. */
@ApplicationScoped
class PostgresWork {

    private static final Logger LOG = Logger.getLogger(PostgresWork.class);

    private final DataSource database;

    PostgresWork(DataSource database) {
        this.database = database;
    }

    /** What is done with a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /** Sees one tenant's rows. */
    <T> T ofTenant(String tenant, Work<T> work) {
        return in("app.tenant", tenant, work);
    }

    /** Sees the platform's rows, and all tenants'. */
    <T> T ofPlatform(Work<T> work) {
        return in("app.scope", "system", work);
    }

    private <T> T in(String setting, String value, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement scope = connection.prepareStatement("select set_config(?, ?, true)")) {
                scope.setString(1, setting);
                scope.setString(2, value);
                scope.execute();
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            LOG.warnf("the store of prices is away, reason=%s", e.getMessage());
            throw new ProblemException(
                    Problem.of(ProblemKind.UNAVAILABLE, "prices cannot be read or changed at the moment"),
                    Duration.ofSeconds(2));
        }
    }
}
