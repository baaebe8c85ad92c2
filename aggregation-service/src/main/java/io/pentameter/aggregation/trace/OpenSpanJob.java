package io.pentameter.aggregation.trace;

import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.aggregation.sink.SinkProgress;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Sweeps announcements of spans that have come, on the one instance that works on the first partition of the spans. */
@ApplicationScoped
class OpenSpanJob {

    private static final Logger LOG = Logger.getLogger(OpenSpanJob.class);
    private static final Duration EVERY = Duration.ofSeconds(60);

    /** How much longer ago than the last sweep spans are looked at: the log may be behind. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final AllTenantsOpenSpans spans;
    private final SinkProgress progress;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("open-spans").factory());
    private Instant since = Instant.EPOCH;

    OpenSpanJob(Reads reads, Statements statements, SinkProgress progress, InstantSource clock) {
        spans = new AllTenantsOpenSpans(reads, statements);
        this.progress = progress;
        this.clock = clock;
    }

    void start(@Observes @Priority(300) StartupEvent event) {
        since = clock.instant().minus(SqlOpenSpans.LIFE);
        var _ = thread.scheduleWithFixedDelay(this::sweep, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdown();
    }

    private void sweep() {
        if (!progress.isLeader()) {
            return;
        }
        Instant begun = clock.instant();
        try {
            spans.sweep(since);
            since = begun.minus(OVERLAP);
        } catch (RuntimeException e) { // the edge of a thread of its own: whatever it is, the next sweep tries again
            LOG.warnf(e, "announcements of spans were not swept");
        }
    }
}
