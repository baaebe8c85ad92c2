package io.pentameter.gateway.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Transactions that see the rows of all tenants.
 *
 * <p>For the operator's own acts, for look-ups that come before a tenant is known, and for jobs. An architecture test
 * allows it to classes named …Job and …System… only.
 */
@ApplicationScoped
public class PostgresSystemTransactions {

    private static final String SYSTEM_SCOPE = "select set_config('app.scope', 'system', true)";

    private final Mutiny.SessionFactory sessions;
    private final Pool pool;

    PostgresSystemTransactions(Mutiny.SessionFactory sessions, Pool pool) {
        this.sessions = sessions;
        this.pool = pool;
    }

    /** With entities; on a Vert.x context only. */
    public <T> Uni<T> withSession(Function<Mutiny.Session, Uni<T>> work) {
        return sessions.withTransaction((session, _) -> session.createNativeQuery(SYSTEM_SCOPE, String.class)
                .getSingleResult()
                .chain(() -> work.apply(session)));
    }

    /** With SQL; on any thread. */
    public <T> Uni<T> withConnection(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(
                connection -> connection.query(SYSTEM_SCOPE).execute().chain(() -> work.apply(connection)));
    }
}
