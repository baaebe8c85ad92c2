package io.pentameter.quality.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Transactions that see all tenants; for jobs only, which an architecture test guards. */
@ApplicationScoped
public class PostgresSystemTransactions {

    private final Pool pool;

    PostgresSystemTransactions(Pool pool) {
        this.pool = pool;
    }

    /** Does the work in one transaction, in which every tenant's rows can be seen and written. */
    public <T> T inSystem(Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection
                        .query("select set_config('app.scope', 'system', true)")
                        .execute()
                        .chain(() -> work.apply(connection)))
                .await()
                .atMost(PostgresTransactions.LIMIT);
    }
}
