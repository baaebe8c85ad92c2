package io.pentameter.alert.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.alert.background.BackgroundLoop;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.alert.store.SystemTransactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the outbox to the broker, in order, one replica at a time.
 *
 * <p>Rows are removed in the transaction that sent them: a crash in between sends them again, and each record carries
 * an id by which a repeat is known.
 */
@ApplicationScoped
class OutboxJob {

    private static final Logger LOG = Logger.getLogger(OutboxJob.class);
    private static final long LOCK = 0x70656e74_6f757462L;

    private final SystemTransactions transactions;
    private final KafkaLog log;
    private final OutboxConfig config;
    private final MeterRegistry meters;
    private final AtomicLong pending;
    private @Nullable BackgroundLoop loop;

    OutboxJob(SystemTransactions transactions, KafkaLog log, OutboxConfig config, MeterRegistry meters) {
        this.transactions = transactions;
        this.log = log;
        this.config = config;
        this.meters = meters;
        this.pending = meters.gauge("pentameter.alert.outbox.pending", new AtomicLong());
    }

    void start(@Observes StartupEvent event) {
        loop = BackgroundLoop.start("alert-outbox", config.pause(), this::publishAll);
    }

    void stop(@Observes ShutdownEvent event) {
        BackgroundLoop current = loop;
        if (current != null) {
            current.close();
        }
    }

    private void publishAll() {
        try {
            int sent = config.maxBatch();
            while (sent == config.maxBatch()) {
                sent = transactions.run(this::publish);
                meters.counter("pentameter.alert.outbox.sent").increment(sent);
            }
            pending.set(0);
        } catch (IllegalStateException e) {
            pending.set(transactions.run(OutboxJob::waiting));
            LOG.warnf(e, "records wait for the broker pending=%d", pending.get());
        }
    }

    private int publish(PostgresTransaction transaction) {
        boolean isMine = transaction
                .listSql(Boolean.class, "select pg_try_advisory_xact_lock(:lock)", Map.of("lock", LOCK))
                .getFirst();
        if (!isMine) {
            return 0;
        }
        List<PostgresOutboxRow> rows = transaction.list(
                PostgresOutboxRow.class, "from PostgresOutboxRow order by seq", Map.of(), config.maxBatch());
        if (!rows.isEmpty()) {
            log.send(rows, config.sendLimit());
            transaction.executeSql(
                    "delete from outbox where seq in (:sent)",
                    Map.of("sent", rows.stream().map(row -> row.seq).toList()));
        }
        return rows.size();
    }

    private static long waiting(PostgresTransaction transaction) {
        return transaction
                .listSql(Long.class, "select count(*) from outbox", Map.of())
                .getFirst();
    }
}
