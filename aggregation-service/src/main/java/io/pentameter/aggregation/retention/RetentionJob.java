package io.pentameter.aggregation.retention;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.aggregation.sink.SinkProgress;
import io.pentameter.aggregation.tenantconfig.KafkaTenantConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Ends tenants' retention, on the one instance that works on the first partition of the spans. */
@ApplicationScoped
class RetentionJob {

    private static final Logger LOG = Logger.getLogger(RetentionJob.class);

    private final RetentionConfig config;
    private final boolean isSealed;
    private final AllTenantsRetention retention;
    private final KafkaRetentions tenants;
    private final SinkProgress progress;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("retention").factory());

    RetentionJob(
            RetentionConfig config,
            @ConfigProperty(name = "pentameter.rollup.enabled", defaultValue = "true") boolean isSealed,
            Reads reads,
            Statements statements,
            Inserts inserts,
            KafkaTenantConfig tenantConfig,
            SinkProgress progress,
            InstantSource clock,
            MeterRegistry meters) {
        this.config = config;
        this.isSealed = isSealed;
        this.progress = progress;
        retention = new AllTenantsRetention(
                reads, statements, inserts, clock, config.every().dividedBy(2));
        tenants = new KafkaRetentions(tenantConfig);
        Gauge.builder("pentameter.retention.waiting", waiting, AtomicInteger::get)
                .description("tenants whose oldest data is kept longer than they want, because it is not sealed yet")
                .register(meters);
    }

    void start(@Observes @Priority(300) StartupEvent event) {
        if (config.enabled()) {
            long pause = config.every().toMillis();
            var _ = thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    private void look() {
        if (!progress.isLeader()) {
            waiting.set(0);
            return;
        }
        try {
            waiting.set(retention.look(tenants.days(), isSealed));
        } catch (RuntimeException e) { // the edge of a thread of its own: whatever it is, the next look tries again
            LOG.warnf(e, "what is older than tenants keep it could not be deleted");
        }
    }
}
