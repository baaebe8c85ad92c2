package io.pentameter.gateway.outbox;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** The writing side: records go into a table, in the transaction of the change that they tell of. */
@ApplicationScoped
public class PostgresOutbox {

    private final InstantSource clock;
    private final OutboxJob job;

    PostgresOutbox(InstantSource clock, OutboxJob job) {
        this.clock = clock;
        this.job = job;
    }

    /**
     * Adds records, in this order.
     *
     * <p>The session must have changed the row that the records are about before: that lock is what keeps the records of
     * one key in order.
     */
    public Uni<Void> add(Mutiny.Session session, List<OutboxRecord> records) {
        Uni<Void> chain = session.flush();
        for (OutboxRecord each : records) {
            chain = chain.chain(() -> insert(session, each));
        }
        return chain.invoke(job::expect);
    }

    private Uni<Void> insert(Mutiny.Session session, OutboxRecord each) {
        return session.createNativeQuery("""
                        insert into gateway.outbox (tenant, topic, record_key, record, created_at)
                        values (:tenant, :topic, :key, :record, :at)
                        """)
                .setParameter("tenant", each.tenant())
                .setParameter("topic", each.topic().topicName())
                .setParameter("key", each.key().toByteArray())
                .setParameter("record", each.value().toByteArray())
                .setParameter("at", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .executeUpdate()
                .replaceWithVoid();
    }
}
