package io.pentameter.ingest.assembly;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Makes the tables, and forgets traces that nothing was added to for long.
 *
 * <p>In its own thread, so that the service starts and takes OTLP in while PostgreSQL is away; until the tables are there
 * deliveries in pieces are told to come again.
 */
@ApplicationScoped
class AssemblyJob {

    private static final Logger LOG = Logger.getLogger(AssemblyJob.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int BATCH = 500;

    private final Flyway flyway;
    private final DataSource database;
    private final AssemblyConfig config;
    private volatile boolean isStopped;

    AssemblyJob(Flyway flyway, DataSource database, AssemblyConfig config) {
        this.flyway = flyway;
        this.database = database;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("assembly").daemon().start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        isStopped = true;
    }

    private void run() {
        boolean isMigrated = false;
        while (!isStopped) {
            try {
                if (!isMigrated) {
                    flyway.migrate();
                    isMigrated = true;
                    LOG.info("tables of pieces are ready");
                }
                while (!isStopped && sweep() == BATCH) {
                    LOG.debug("more old traces may be there");
                }
                pause(config.sweepEvery());
            } catch (SQLException | RuntimeException e) { // whatever it is: a thread that ends would sweep no more
                LOG.warnf("the store of pieces is away, will try again, reason=%s", e.getMessage());
                pause(PAUSE);
            }
        }
    }

    private void pause(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        while (!isStopped && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
    }

    /**
     * Forgets some old traces and waiting scores; how many of one of them at most.
     *
     * <p>Late parts go with their trace by foreign keys; what is written with every delivery has none, for they cost.
     */
    int sweep() throws SQLException {
        String sql = """
                with old as materialized (
                  select tenant, trace_id from trace where touched_at < now() - make_interval(secs => ?)
                  limit %d for update skip locked),
                parcels as (
                  delete from parcel using old
                  where parcel.tenant = old.tenant and parcel.trace_id = old.trace_id
                  returning parcel.tenant, parcel.trace_id, told),
                places as (
                  delete from span_place using (
                    select tenant, trace_id, substring(told from byte_at for 8) as span_id
                    from parcels, generate_series(1, length(told), 32) as byte_at) as gone
                  where span_place.tenant = gone.tenant and span_place.span_id = gone.span_id
                  and span_place.trace_id = gone.trace_id)
                delete from trace using old
                where trace.tenant = old.tenant and trace.trace_id = old.trace_id""".formatted(BATCH);
        String oldScores = """
                delete from late_score where (tenant, name, score_id) in (
                  select tenant, name, score_id from late_score
                  where touched_at < now() - make_interval(secs => ?) limit %d for update skip locked)""".formatted(BATCH);
        String oldFeedback = """
                delete from langsmith_feedback where (tenant, feedback_id) in (
                  select tenant, feedback_id from langsmith_feedback
                  where modified_at < now() - make_interval(secs => ?) limit %d for update skip locked)""".formatted(BATCH);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement scope = connection.createStatement();
                    PreparedStatement statement = connection.prepareStatement(sql);
                    PreparedStatement scores = connection.prepareStatement(oldScores);
                    PreparedStatement feedback = connection.prepareStatement(oldFeedback)) {
                scope.execute("set local app.scope = 'system'");
                statement.setDouble(1, (double) config.keep().toSeconds());
                scores.setDouble(1, (double) config.keep().toSeconds());
                int deleted = statement.executeUpdate();
                feedback.setDouble(1, (double) config.keepFeedback().toSeconds());
                int waited = Math.max(scores.executeUpdate(), feedback.executeUpdate());
                connection.commit();
                return Math.max(deleted, waited);
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
    }
}
