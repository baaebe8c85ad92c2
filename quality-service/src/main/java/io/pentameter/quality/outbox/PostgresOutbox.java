package io.pentameter.quality.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.hibernate.reactive.mutiny.Mutiny;

/** Writes to the outbox within the caller's transaction. */
public final class PostgresOutbox {

    private static final String INSERT = """
            insert into outbox (tenant, topic, key, value) values ($1, $2, $3, $4)
            """;

    private static final String INSERT_NAMED = """
            insert into outbox (tenant, topic, key, value) values (:tenant, :topic, :key, :value)
            """;

    private PostgresOutbox() {}

    /** Adds one record. */
    public static Uni<Void> add(SqlConnection connection, Outbox record) {
        return connection
                .preparedQuery(INSERT)
                .execute(Tuple.of(
                        record.tenant(),
                        record.topic().topicName(),
                        Buffer.buffer(record.key().toByteArray()).getDelegate(),
                        Buffer.buffer(record.value().toByteArray()).getDelegate()))
                .replaceWithVoid();
    }

    /** Adds one record. */
    public static Uni<Void> add(Mutiny.Session session, Outbox record) {
        return session.createNativeQuery(INSERT_NAMED)
                .setParameter("tenant", record.tenant())
                .setParameter("topic", record.topic().topicName())
                .setParameter("key", record.key().toByteArray())
                .setParameter("value", record.value().toByteArray())
                .executeUpdate()
                .replaceWithVoid();
    }
}
