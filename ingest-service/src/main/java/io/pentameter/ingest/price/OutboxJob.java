package io.pentameter.ingest.price;

import io.pentameter.contracts.Topics;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.publish.RecordLog;
import io.pentameter.kit.problem.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Appends what lies in the outbox to the log, in its order; deletes it once the log has it. A crash in between appends it
 * once more, which changes nothing: settings are compacted by key, audit entries have an id.
 */
@ApplicationScoped
class OutboxJob {

    private static final Logger LOG = Logger.getLogger(OutboxJob.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final PostgresWork work;
    private final RecordLog log;
    private volatile boolean isStopped;

    OutboxJob(PostgresWork work, RecordLog log) {
        this.work = work;
        this.log = log;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("price-outbox").daemon().start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        isStopped = true;
    }

    private void run() {
        while (!isStopped) {
            boolean isEmpty = true;
            try {
                isEmpty = !work.ofPlatform(this::appendOne);
            } catch (ProblemException _) {
                LOG.debug("the store is away; it is asked again");
            } catch (RuntimeException e) { // the edge of a thread of its own: whatever it is, it tries again
                LOG.warnf("the outbox cannot be appended, will try again, reason=%s", e.getMessage());
            }
            if (isEmpty) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** Whether there was one. */
    private boolean appendOne(Connection connection) throws SQLException {
        String sql = "select id, topic, key, value from outbox order by id limit 1 for update";
        try (PreparedStatement select = connection.prepareStatement(sql);
                PreparedStatement delete = connection.prepareStatement("delete from outbox where id = ?");
                ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                return false;
            }
            LogRecord record = new LogRecord(rows.getBytes(3), rows.getBytes(4));
            log.append(Topics.valueOf(rows.getString(2)), List.of(record))
                    .toCompletableFuture()
                    .join();
            delete.setLong(1, rows.getLong(1));
            delete.executeUpdate();
            return true;
        }
    }
}
