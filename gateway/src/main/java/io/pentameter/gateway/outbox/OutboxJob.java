package io.pentameter.gateway.outbox;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.gateway.database.PostgresSystemTransactions;
import io.pentameter.gateway.log.KafkaLog;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The publishing side: takes records from the table in the order of their numbers, and deletes them when the broker has
 * them.
 *
 * <p>A crash in between publishes them again, never less. Of several nodes one works at a time (an advisory lock), so
 * the order holds. While the broker is away the records wait.
 */
@ApplicationScoped
public class OutboxJob {

    private static final Logger LOG = Logger.getLogger(OutboxJob.class);

    /** Most records of one transaction. */
    private static final int BATCH = 200;

    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Any number that no other job of this database uses. */
    private static final long LOCK = 0x70656e74_6f757462L;

    private final PostgresSystemTransactions transactions;
    private final KafkaLog log;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("outbox").daemon().factory());
    private final Counter published;
    private final Counter failures;
    private volatile boolean failing;

    OutboxJob(PostgresSystemTransactions transactions, KafkaLog log, MeterRegistry metrics) {
        this.transactions = transactions;
        this.log = log;
        this.published = metrics.counter("pentameter.gateway.outbox.published");
        this.failures = metrics.counter("pentameter.gateway.outbox.failures");
    }

    void start(@Observes StartupEvent event) {
        var _ = worker.scheduleWithFixedDelay(this::run, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        worker.shutdownNow();
    }

    /** Looks at once, and not only at the end of the period: a transaction with records is about to commit. */
    void expect() {
        if (!worker.isShutdown()) {
            var _ = worker.schedule(this::run, 20, TimeUnit.MILLISECONDS);
        }
    }

    private void run() {
        try {
            while (publishBatch() == BATCH) {
                // there may be more
            }
            failing = false;
        } catch (RuntimeException e) { // the outermost edge of this thread: the next period tries again
            failures.increment();
            if (!failing && !worker.isShutdown()) {
                failing = true;
                LOG.warnf("outbox could not publish, will try again: error=%s", e);
            }
        }
    }

    private int publishBatch() {
        int count = transactions.withConnection(this::publishLocked).await().atMost(PATIENCE);
        published.increment(count);
        return count;
    }

    private Uni<Integer> publishLocked(SqlConnection connection) {
        return connection
                .preparedQuery("select pg_try_advisory_xact_lock($1)")
                .execute(Tuple.of(LOCK))
                .chain(rows -> rows.iterator().next().getBoolean(0)
                        ? connection
                                .preparedQuery("""
                                        select number, topic, record_key, record from gateway.outbox
                                        order by number limit $1
                                        """)
                                .execute(Tuple.of(BATCH))
                                .chain(batch -> publish(connection, batch))
                        : Uni.createFrom().item(0));
    }

    private Uni<Integer> publish(SqlConnection connection, RowSet<Row> batch) {
        List<Long> numbers = new ArrayList<>();
        List<KafkaLog.Entry> entries = new ArrayList<>();
        for (Row row : batch) {
            numbers.add(row.getLong("number"));
            entries.add(new KafkaLog.Entry(
                    row.getString("topic"),
                    ByteString.copyFrom(row.get(Buffer.class, "record_key").getBytes()),
                    ByteString.copyFrom(row.get(Buffer.class, "record").getBytes())));
        }
        if (numbers.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return Uni.createFrom()
                .completionStage(log.appendInOrder(entries))
                .chain(() -> connection
                        .preparedQuery("delete from gateway.outbox where number = any($1)")
                        .execute(Tuple.of(numbers.toArray(Long[]::new))))
                .replaceWith(numbers.size());
    }
}
