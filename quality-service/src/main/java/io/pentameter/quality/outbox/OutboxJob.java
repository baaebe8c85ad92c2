package io.pentameter.quality.outbox;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.Topics;
import io.pentameter.quality.loop.Loop;
import io.pentameter.quality.store.PostgresSystemTransactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Sends what waits in the outbox, and deletes it once the broker has it.
 *
 * <p>A crash between the two sends again. The rows stay locked meanwhile, so that two instances do not send the same.
 */
@ApplicationScoped
public class OutboxJob {

    private static final int BATCH = 200;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final String TAKE = """
            select id, tenant, topic, key, value from outbox order by id limit $1 for update skip locked
            """;

    private static final String DELETE = "delete from outbox where id = any($1)";

    private final PostgresSystemTransactions transactions;
    private final KafkaLog log;
    private @Nullable Loop loop;

    OutboxJob(PostgresSystemTransactions transactions, KafkaLog log) {
        this.transactions = transactions;
        this.log = log;
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        loop = Loop.start("outbox", PAUSE, this::sendSome);
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        if (loop != null) {
            loop.close();
        }
    }

    /** Something was added: send it now rather than at the next turn. */
    public void wake() {
        if (loop != null) {
            loop.wake();
        }
    }

    private boolean sendSome() {
        return transactions.inSystem(connection -> connection
                .preparedQuery(TAKE)
                .execute(Tuple.of(BATCH))
                .chain(rows -> {
                    List<Long> ids = new ArrayList<>();
                    List<Outbox> records = new ArrayList<>();
                    rows.forEach(row -> {
                        ids.add(row.getLong("id"));
                        records.add(record(row));
                    });
                    if (ids.isEmpty()) {
                        return Uni.createFrom().item(false);
                    }
                    return send(records)
                            .chain(() -> connection.preparedQuery(DELETE).execute(Tuple.of(ids.toArray(Long[]::new))))
                            .map(_ -> ids.size() == BATCH);
                }));
    }

    /** Off the event loop: the producer may block. */
    private Uni<Void> send(List<Outbox> records) {
        return Uni.createFrom()
                .<Void>item(() -> {
                    List<Future<RecordMetadata>> sent =
                            records.stream().map(log::send).toList();
                    log.await(sent);
                    return null;
                })
                .runSubscriptionOn(
                        task -> Thread.ofVirtual().name("outbox-send").start(task));
    }

    private static Outbox record(Row row) {
        Buffer key = row.get(Buffer.class, "key");
        Buffer value = row.get(Buffer.class, "value");
        return new Outbox(
                row.getString("tenant"),
                topic(row.getString("topic")),
                ByteString.copyFrom(key.getBytes()),
                ByteString.copyFrom(value.getBytes()));
    }

    private static Topics topic(String name) {
        return Topics.all().stream()
                .filter(topic -> topic.topicName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no such topic: " + name));
    }
}
