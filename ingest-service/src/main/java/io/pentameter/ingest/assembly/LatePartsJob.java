package io.pentameter.ingest.assembly;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** Keeps this replica informed of which tenants send late parts. */
@ApplicationScoped
class LatePartsJob {

    private static final Logger LOG = Logger.getLogger(LatePartsJob.class);

    /** How long a replica may not know of a tenant that has sent its first late part to another. */
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final PostgresLateParts parts;
    private volatile boolean isStopped;

    LatePartsJob(PostgresLateParts parts) {
        this.parts = parts;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("late-parts").daemon().start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        isStopped = true;
    }

    private void run() {
        while (!isStopped) {
            try {
                parts.refresh();
            } catch (SQLException | RuntimeException e) { // the database may be away, or its tables not there yet
                LOG.debugf("the senders of late parts could not be read, reason=%s", e.getMessage());
            }
            LockSupport.parkNanos(EVERY.toNanos());
        }
    }
}
