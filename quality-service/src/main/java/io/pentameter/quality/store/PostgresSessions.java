package io.pentameter.quality.store;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Hibernate Reactive sessions that see one tenant, one transaction each. Call them from threads that may wait. */
@ApplicationScoped
public class PostgresSessions {

    private final Mutiny.SessionFactory factory;

    PostgresSessions(Mutiny.SessionFactory factory) {
        this.factory = factory;
    }

    /** Does the work in one transaction, in which no other tenant's row can be seen or written. */
    public <T> T inTenant(String tenant, Function<Mutiny.Session, Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> factory.withTransaction((session, _) ->
                    session.createNativeQuery("select set_config('app.tenant', :tenant, true)", String.class)
                            .setParameter("tenant", tenant)
                            .getSingleResult()
                            .chain(() -> work.apply(session))));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the database did not do it", e);
        }
    }
}
