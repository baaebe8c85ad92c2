package io.pentameter.aggregation.schema;

import io.pentameter.aggregation.engine.ClickHouseConfig;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.kit.problem.ProblemException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** Brings the tables to the newest version before anything else of the service starts. */
@ApplicationScoped
class MigrationJob {

    private static final Logger LOG = Logger.getLogger(MigrationJob.class);

    /** How long to wait for the engine; whoever starts us starts it at the same time. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SqlMigrations migrations;
    private final InstantSource clock;

    MigrationJob(Reads reads, Statements statements, ClickHouseConfig config, InstantSource clock) {
        this.clock = clock;
        migrations = new SqlMigrations(reads, statements, Layout.ofWord(config.layout()));
    }

    void migrate(@Observes @Priority(100) StartupEvent event) {
        Instant end = clock.instant().plus(PATIENCE);
        while (true) {
            try {
                LOG.infof("tables are up to date applied=%s", migrations.apply());
                return;
            } catch (ProblemException | IllegalStateException e) {
                if (clock.instant().isAfter(end)) {
                    throw e;
                }
                LOG.warnf("the engine does not take the tables yet reason=%s", e.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
