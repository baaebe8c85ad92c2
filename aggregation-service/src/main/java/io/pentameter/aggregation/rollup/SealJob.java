package io.pentameter.aggregation.rollup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.aggregation.sink.SinkProgress;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Seals again and again, on the one instance that works on the first partition of the spans. */
@ApplicationScoped
class SealJob {

    private static final Logger LOG = Logger.getLogger(SealJob.class);
    private static final Duration WHOLE = Duration.ofDays(400);
    private static final int WHOLE_EACH = 100;

    private final RollupConfig config;
    private final AllTenantsSealer sealer;
    private final SinkProgress progress;
    private final InstantSource clock;
    private final Counter sealed;
    private final AtomicLong lastDone = new AtomicLong();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("seal").factory());
    private long looks;
    private long changes;

    /** Whether a look at everything has left buckets: then the next is one too, as after a change of the layout. */
    private boolean isUnfinished;

    SealJob(
            RollupConfig config,
            Reads reads,
            Statements statements,
            Inserts inserts,
            SinkProgress progress,
            InstantSource clock,
            MeterRegistry meters) {
        this.config = config;
        this.progress = progress;
        this.clock = clock;
        sealer = new AllTenantsSealer(reads, statements, inserts, clock);
        sealed = Counter.builder("pentameter.rollup.sealed")
                .description("buckets sealed or sealed again")
                .register(meters);
        Gauge.builder("pentameter.rollup.seal.age.seconds", this, SealJob::age)
                .description("seconds since this instance last finished a look for dirty buckets; 0 if it never led")
                .register(meters);
    }

    void start(@Observes @Priority(300) StartupEvent event) {
        if (config.enabled()) {
            long pause = config.every().toMillis();
            var _ = thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(20, TimeUnit.SECONDS)) {
                LOG.warn("sealing did not end in time");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        if (!progress.isLeader()) {
            return;
        }
        try {
            boolean isBehind = isChanged() || isUnfinished;
            boolean isWhole = isBehind || looks++ % WHOLE_EACH == 0;
            isUnfinished = isBehind; // should this look fail, the next is one at everything too
            Duration horizon = isWhole ? WHOLE : config.horizon();
            int most = 0;
            for (RollupTable rollup : RollupTable.values()) {
                int buckets = sealer.seal(
                        rollup,
                        new AllTenantsSealer.Round(
                                horizon,
                                config.delay(),
                                isBehind ? Duration.ZERO : config.every(),
                                config.maxBuckets()));
                sealed.increment(buckets);
                most = Math.max(most, buckets);
            }
            isUnfinished = isWhole && most >= config.maxBuckets();
            lastDone.set(clock.millis());
        } catch (RuntimeException e) { // the edge of a thread of its own: whatever it is, the next look tries again
            LOG.warnf(e, "sealing failed, the buckets stay dirty");
        }
    }

    /** Whether a repricing or a declaration has made old buckets dirty since the last look: then all are looked at, also those just sealed. */
    private boolean isChanged() {
        long now = sealer.changesOfOldBuckets();
        boolean isChanged = now != changes;
        changes = now;
        return isChanged;
    }

    private double age() {
        long done = lastDone.get();
        return done == 0 ? 0 : (clock.millis() - done) / 1000.0;
    }
}
