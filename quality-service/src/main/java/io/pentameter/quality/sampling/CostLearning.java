package io.pentameter.quality.sampling;

import io.pentameter.statistics.quantile.LogSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Learns from past calls what a tenant's costly calls are.
 *
 * <p>A threshold is published when at least {@link #MIN_SAMPLE} priced calls and {@code period} have gone by since the last
 * one. Before the first there is none, and no call counts as costly. What was counted since the last one is lost on a
 * restart; the published thresholds are not. Safe for use by several threads.
 */
final class CostLearning {

    /** Calls needed: the 99th percentile of 1,000 has 10 calls above it. */
    static final long MIN_SAMPLE = 1_000;

    /** Most tenants that are learnt about at a time; others go on with the threshold they have. */
    static final int MAX_TENANTS = 10_000;

    /** A published threshold decides only spans received this much later, when every instance has read it. */
    static final Duration LEAD = Duration.ofSeconds(30);

    private static final double QUANTILE = 0.99;

    private final Duration period;
    private final Map<String, Learnt> byTenant = new HashMap<>();

    private static final class Learnt {
        private final LogSketch sketch = new LogSketch();
        private final Instant since;

        private Learnt(Instant since) {
            this.since = since;
        }
    }

    CostLearning(Duration period) {
        this.period = period;
    }

    synchronized void add(String tenant, long nanoUsd, Instant now) {
        if (nanoUsd <= 0) {
            return;
        }
        Learnt learnt = byTenant.get(tenant);
        if (learnt == null) {
            if (byTenant.size() >= MAX_TENANTS) {
                return;
            }
            learnt = new Learnt(now);
            byTenant.put(tenant, learnt);
        }
        learnt.sketch.add((double) nanoUsd);
    }

    /** Thresholds that have become due, by tenant; each is given once. */
    synchronized Map<String, CostThreshold> due(Instant now) {
        Map<String, CostThreshold> due = new HashMap<>();
        Iterator<Map.Entry<String, Learnt>> entries = byTenant.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Learnt> entry = entries.next();
            LogSketch sketch = entry.getValue().sketch;
            boolean isOldEnough = !now.isBefore(entry.getValue().since.plus(period));
            OptionalDouble p99 = sketch.quantile(QUANTILE);
            if (isOldEnough && sketch.total() >= MIN_SAMPLE && p99.isPresent()) {
                long nanoUsd = (long) Math.ceil(p99.getAsDouble());
                due.put(entry.getKey(), new CostThreshold(now.plus(LEAD), nanoUsd, sketch.total()));
                entries.remove();
            }
        }
        return due;
    }
}
