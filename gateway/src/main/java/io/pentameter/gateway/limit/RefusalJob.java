package io.pentameter.gateway.limit;

import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.IntakeRecord;
import io.pentameter.contracts.v1.Refusal;
import io.pentameter.gateway.chance.Chance;
import io.pentameter.gateway.log.KafkaLog;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reports refused requests to the accounting, one record per key, reason and route every few seconds: the tenant sees
 * them, and a flood of them is no flood of records.
 *
 * <p>What the broker does not take is counted again and reported with the next. A crash loses the last seconds: nobody
 * was promised anything for a refused request.
 */
@ApplicationScoped
class RefusalJob {

    private final RefusalLedger ledger;
    private final KafkaLog log;
    private final InstantSource clock;
    private final Chance chance;
    private final LimitConfig config;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("refusals").daemon().factory());

    RefusalJob(
            RefusalLedger ledger,
            KafkaLog log,
            InstantSource clock,
            Chance chance,
            LimitConfig config,
            MeterRegistry metrics) {
        this.ledger = ledger;
        this.log = log;
        this.clock = clock;
        this.chance = chance;
        this.config = config;
        metrics.gauge("pentameter.gateway.refusals.unreported", ledger, RefusalLedger::overflow);
    }

    void start(@Observes StartupEvent event) {
        long period = config.reportEvery().toMillis();
        var _ = worker.scheduleWithFixedDelay(this::report, period, period, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        worker.shutdownNow();
        report();
    }

    private void report() {
        for (RefusalLedger.Entry entry : ledger.take()) {
            IntakeRecord intake = intake(entry);
            var _ = log.append(
                            Topics.ACCOUNTING.topicName(),
                            PartitionKey.ofTenant(intake.getTenant()),
                            intake.toByteArray())
                    .exceptionally(_ -> {
                        ledger.add(entry);
                        return null;
                    });
        }
    }

    private IntakeRecord intake(RefusalLedger.Entry entry) {
        return IntakeRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant(entry.account().tenant())
                .setKeyId(entry.account().key())
                .setIntakeId(chance.uuid().toString())
                .setReceivedAtUs(TimeUnit.MILLISECONDS.toMicros(clock.millis()))
                .addRefused(
                        Refusal.newBuilder().setReason(entry.account().reason()).setRequests(entry.requests()))
                .setRoute(entry.account().route())
                .build();
    }
}
