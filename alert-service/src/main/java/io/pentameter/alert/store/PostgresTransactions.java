package io.pentameter.alert.store;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Transactions confined to one tenant.
 *
 * <p>The first statement of each tells PostgreSQL the tenant, for this transaction only; row-level security then hides
 * and refuses everything else, whatever the statements say. (Hibernate's own tenant filter cannot stand in front of it:
 * Hibernate Reactive's pool of one database refuses a session that names a tenant.)
 */
@ApplicationScoped
public class PostgresTransactions {

    private static final String SET_TENANT = "select set_config('app.tenant', :value, true)";
    private static final String SET_SCOPE = "select set_config('app.scope', :value, true)";

    private final Mutiny.SessionFactory sessions;
    private final Vertx vertx;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    PostgresTransactions(Mutiny.SessionFactory sessions, Vertx vertx) {
        this.sessions = sessions;
        this.vertx = vertx;
    }

    /** Commits what {@code work} did and returns what it returned; undoes it if {@code work} throws. */
    public <T> T asTenant(String tenant, Function<PostgresTransaction, T> work) {
        return inTransaction(SET_TENANT, tenant, work);
    }

    /** As the other, without a result. */
    public void asTenantDo(String tenant, Consumer<PostgresTransaction> work) {
        asTenant(tenant, transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    <T> T asSystem(Function<PostgresTransaction, T> work) {
        return inTransaction(SET_SCOPE, "system", work);
    }

    private <T> T inTransaction(String setting, String value, Function<PostgresTransaction, T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Context context = newContext();
        context.runOnContext(_ -> sessions.withStatelessTransaction((opened, _) -> opened.createNativeQuery(
                                setting, String.class)
                        .setParameter("value", value)
                        .getSingleResult()
                        .chain(() -> onWorker(new PostgresTransaction(opened, context), context, work)))
                .subscribe()
                .with(done::complete, done::completeExceptionally));
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Runs the work on a thread that may wait, and comes back to the session's own event loop with the result. */
    private <T> Uni<T> onWorker(
            PostgresTransaction transaction, Context context, Function<PostgresTransaction, T> work) {
        return Uni.createFrom()
                .item(() -> work.apply(transaction))
                .runSubscriptionOn(workers)
                .emitOn(command -> context.runOnContext(_ -> command.run()));
    }

    private Context newContext() {
        Context context = Objects.requireNonNull(VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext()));
        VertxContextSafetyToggle.setContextSafe(context, true);
        return context;
    }
}
