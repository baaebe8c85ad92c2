package io.pentameter.gateway.database;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Transactions of one tenant: the first statement tells the database which, and row-level security does the rest.
 *
 * <p>The setting lasts as long as the transaction, so a pooled connection carries nothing over.
 */
@ApplicationScoped
public class PostgresTransactions {

    private final Mutiny.SessionFactory sessions;

    PostgresTransactions(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** Runs the work in one transaction that sees the rows of the tenant only; a failure rolls it back. */
    public <T> Uni<T> inTenant(String tenant, Function<Mutiny.Session, Uni<T>> work) {
        return sessions.withTransaction((session, _) -> session.createNativeQuery(
                        "select set_config('app.tenant', :tenant, true)", String.class)
                .setParameter("tenant", tenant)
                .getSingleResult()
                .chain(() -> work.apply(session)));
    }
}
