package io.pentameter.quality.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;

/** Transactions that see one tenant. Call them from threads that may wait. */
@ApplicationScoped
public class PostgresTransactions {

    /** How long a transaction may take before the caller is told that the database does not answer. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private final Pool pool;

    PostgresTransactions(Pool pool) {
        this.pool = pool;
    }

    /** Does the work in one transaction, in which no other tenant's row can be seen or written. */
    public <T> T inTenant(String tenant, Function<SqlConnection, Uni<T>> work) {
        return pool.withTransaction(connection -> connection
                        .preparedQuery("select set_config('app.tenant', $1, true)")
                        .execute(Tuple.of(tenant))
                        .chain(() -> work.apply(connection)))
                .await()
                .atMost(LIMIT);
    }
}
