package io.pentameter.alert.store;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The statements of one transaction, one after the other, on the caller's thread.
 *
 * <p>Each statement runs on the event loop that owns the session; the caller's (virtual) thread waits for it, so that
 * reading, deciding and writing can be written in that order.
 */
public final class PostgresTransaction {

    private final Mutiny.StatelessSession session;
    private final Context context;

    PostgresTransaction(Mutiny.StatelessSession session, Context context) {
        this.session = session;
        this.context = context;
    }

    public <T> List<T> list(Class<T> type, String query, Map<String, ?> parameters) {
        return await(session ->
                bind(session.createSelectionQuery(query, type), parameters).getResultList());
    }

    /** At most {@code max} of the rows. */
    public <T> List<T> list(Class<T> type, String query, Map<String, ?> parameters, int max) {
        return await(session -> bind(session.createSelectionQuery(query, type), parameters)
                .setMaxResults(max)
                .getResultList());
    }

    public <T> Optional<T> first(Class<T> type, String query, Map<String, ?> parameters) {
        return list(type, query, parameters, 1).stream().findFirst();
    }

    public <T> List<T> listSql(Class<T> type, String sql, Map<String, ?> parameters) {
        return await(session -> {
            Mutiny.SelectionQuery<T> query = session.createNativeQuery(sql, type);
            parameters.forEach(query::setParameter);
            return query.getResultList();
        });
    }

    /** Rows that the statement changed. */
    public int executeSql(String sql, Map<String, ?> parameters) {
        return await(session -> {
            Mutiny.MutationQuery query = session.createNativeQuery(sql);
            parameters.forEach(query::setParameter);
            return query.executeUpdate();
        });
    }

    public void insert(Object row) {
        run(session -> session.insert(row));
    }

    public void update(Object row) {
        run(session -> session.update(row));
    }

    public void delete(Object row) {
        run(session -> session.delete(row));
    }

    private static <T> Mutiny.SelectionQuery<T> bind(Mutiny.SelectionQuery<T> query, Map<String, ?> parameters) {
        parameters.forEach(query::setParameter);
        return query;
    }

    private void run(Function<Mutiny.StatelessSession, Uni<Void>> statement) {
        await(session -> statement.apply(session).replaceWith(true));
    }

    private <T> T await(Function<Mutiny.StatelessSession, Uni<T>> statement) {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(_ -> {
            try {
                statement.apply(session).subscribe().with(done::complete, done::completeExceptionally);
            } catch (RuntimeException e) { // a query that Hibernate does not take
                done.completeExceptionally(e);
            }
        });
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
