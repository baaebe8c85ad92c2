package io.pentameter.aggregation.reconciliation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.generation.PricesChanged;
import io.pentameter.aggregation.invoice.InvoicesChanged;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.aggregation.retention.SqlKeptSince;
import io.pentameter.aggregation.sink.SinkProgress;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Compares every tenant's invoices of the last days, on the one instance that works on the first partition of the spans; what is
 * beyond the tolerance is counted in a gauge and named in the log, and how far they are apart is written down for rules to watch.
 */
@ApplicationScoped
class ReconciliationJob {

    private static final Logger LOG = Logger.getLogger(ReconciliationJob.class);
    private static final Dimension PROJECT = new Dimension("attr.project", "", "project");

    private final ReconciliationConfig config;
    private final Reads reads;
    private final AllTenantsInvoices tenants;
    private final Reconciliation reconciliation;
    private final SqlVariances variances;
    private final SinkProgress progress;
    private final InstantSource clock;
    private final AtomicLong exceeding = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().name("reconcile").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // whoever imports while the service stops has nothing to wait for

    ReconciliationJob(
            ReconciliationConfig config,
            Reads reads,
            Inserts inserts,
            SinkProgress progress,
            InstantSource clock,
            MeterRegistry meters) {
        this.config = config;
        this.reads = reads;
        tenants = new AllTenantsInvoices(reads);
        reconciliation = new Reconciliation(reads, inserts);
        variances = new SqlVariances(reads, inserts);
        this.progress = progress;
        this.clock = clock;
        Gauge.builder("pentameter.reconciliation.exceeding", exceeding, AtomicLong::get)
                .description(
                        "tenants' providers whose invoices and ledger are more than 0.5 % apart; 0 where not leading")
                .register(meters);
        Gauge.builder("pentameter.reconciliation.faults", faults, AtomicLong::get)
                .description("tenants that the last look could not compare")
                .register(meters);
    }

    void start(@Observes @Priority(310) StartupEvent event) {
        if (config.enabled()) {
            long pause = Math.max(60_000, config.every().toMillis());
            var _ = thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    /** Counts anew; one tenant's fault does not hide the others. */
    void look() {
        long found = 0;
        long failed = 0;
        try {
            for (String tenant : progress.isLeader() ? tenants.tenants() : List.<String>of()) {
                try {
                    found += exceeding(tenant);
                } catch (RuntimeException e) { // the edge of a tenant's share of the look
                    failed++;
                    LOG.warnf(e, "invoices were not compared tenant=%s", tenant);
                }
            }
        } catch (RuntimeException e) { // the edge of a thread of its own: whatever it is, the next look tries again
            failed++;
            LOG.warnf(e, "invoices were not compared");
        }
        exceeding.set(found);
        faults.set(failed);
    }

    /** Looks at a tenant whose imports have changed, on whatever instance took them, so that an alert need not wait. */
    void changed(@Observes InvoicesChanged event) {
        compare(event.tenant(), retries());
    }

    /** The same for a tenant whose ledger has other prices; not while the caller waits, for it may be a look at every span. */
    void changed(@Observes PricesChanged event) {
        later(event.tenant(), retries(), 0);
    }

    private int retries() {
        return Math.clamp(config.retries(), 0, 100);
    }

    /** What the caller did is done, whatever becomes of the comparison. */
    private void compare(String tenant, int retries) {
        try {
            exceeding(tenant);
        } catch (RuntimeException e) { // the edge of a tenant's share of the look
            LOG.warnf(e, "invoices were not compared tenant=%s retries=%d", tenant, retries);
            if (retries > 0) {
                later(tenant, retries - 1, Math.clamp(config.retryAfter().toMillis(), 1_000, 600_000));
            }
        }
    }

    /** A tenant waits once, however often something of it changes. */
    private void later(String tenant, int retries, long delayMillis) {
        if (waiting.add(tenant)) {
            var _ = thread.schedule(
                    () -> {
                        waiting.remove(tenant); // before the comparison: what changes during it is compared again
                        compare(tenant, retries);
                    },
                    delayMillis,
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Days whose spans have been deleted are not missing on the invoice's other side. */
    private LocalDate begin(String tenant, LocalDate wanted, LocalDate today) {
        return SqlKeptSince.of(reads, tenant)
                .map(since -> LocalDate.ofInstant(since, ZoneOffset.UTC))
                .filter(wanted::isBefore)
                .map(since -> since.isAfter(today) ? today : since)
                .orElse(wanted);
    }

    private long exceeding(String tenant) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Reconciliation.Question question = new Reconciliation.Question(
                begin(tenant, today.minusDays(Math.clamp(config.days(), 1, 400)), today),
                today.plusDays(1),
                Optional.empty(),
                Comparison.By.DAY,
                PROJECT,
                PriceBasis.AS_PRICED_NOW);
        List<Reconciliation.Result> results = reconciliation.of(tenant, question);
        variances.store(tenant, now, results);
        return results.stream()
                .filter(Reconciliation.Result::exceeds)
                .peek(result -> LOG.warnf(
                        "invoices and ledger are apart tenant=%s provider=%s remainingUsd=%s",
                        tenant,
                        result.provider(),
                        Usd.text(result.comparison().total().variance().subtract(result.adjusted()))))
                .count();
    }
}
