package io.pentameter.bench.report;

import io.pentameter.bench.load.LoadResult;
import io.pentameter.bench.measure.EngineDisk;
import io.pentameter.bench.measure.KafkaCeiling;
import io.pentameter.bench.measure.ProcessCpu;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * All that one benchmark found.
 *
 * @param began   when it began
 * @param commit  what was measured
 * @param machine on what
 * @param ladder  the runs at rising rates, in order
 * @param knee    highest rate of the ladder that was held, spans per second
 * @param longRun at the knee
 * @param half    at half of it
 * @param stored  spans visible at the end, over the whole benchmark
 * @param queries times in nanoseconds by name of the query, over those spans
 * @param ceiling of the broker alone
 * @param disk    tables of the analytics engine
 * @param atEnd   processor time and memory when all was done
 */
public record Results(
        Instant began,
        String commit,
        String machine,
        List<Step> ladder,
        double knee,
        Step longRun,
        Step half,
        long stored,
        Map<String, Histogram> queries,
        KafkaCeiling.Ceiling ceiling,
        Map<String, EngineDisk.Table> disk,
        ProcessCpu.Usage atEnd) {

    public Results {
        ladder = List.copyOf(ladder);
        queries = new LinkedHashMap<>(queries);
        disk = Map.copyOf(disk);
    }

    /**
     * One run at a fixed rate.
     *
     * @param cpuSeconds used during the run, by component
     * @param freshness  nanoseconds from acknowledgement to first sight
     */
    public record Step(LoadResult load, Map<String, Double> cpuSeconds, Histogram freshness) {

        private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(1);
        private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(10);

        public Step {
            cpuSeconds = Map.copyOf(cpuSeconds);
        }

        /** Whether every span was acknowledged, the p99 within a second, and what was acknowledged seen soon. */
        public boolean isHeld() {
            return load.isHeld(ACKNOWLEDGED_WITHIN) && freshness.getValueAtPercentile(99) <= VISIBLE_WITHIN.toNanos();
        }

        /** Processor seconds of all components for a million acknowledged spans. */
        public double cpuSecondsPerMillion() {
            return cpuSeconds.values().stream().mapToDouble(Double::doubleValue).sum() * 1e6 / load.acknowledged();
        }
    }
}
