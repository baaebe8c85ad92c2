package io.pentameter.bench.report;

import io.pentameter.bench.load.LoadResult;
import io.pentameter.bench.measure.EngineDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** The results as a page of Markdown. */
public final class PerformancePage {

    private static final String STATISTICS = "## Statistics";

    private PerformancePage() {}

    /** Replaces the page, but for the statistics' section at its end, whose figures come from another run. */
    public static void write(Results results, Path page) throws IOException {
        String old = Files.exists(page) ? Files.readString(page) : "";
        int statistics = old.indexOf(STATISTICS);
        Files.writeString(page, text(results) + (statistics < 0 ? "" : "\n" + old.substring(statistics)));
    }

    static String text(Results results) {
        StringBuilder page = new StringBuilder();
        line(page, "# Performance");
        line(page, "");
        line(
                page,
                "Written by `./pentameter bench`. Everything ran on one machine: the load generator, the gateway, the services,");
        line(
                page,
                "Kafka, ClickHouse, PostgreSQL, Keycloak. Latencies count from the intended time of sending (open loop).");
        line(page, "");
        line(page, "Begun %s, commit `%s`, %s.", results.began(), results.commit(), results.machine());
        line(page, "");
        line(page, "## Rate ladder");
        line(page, "");
        line(
                page,
                "30 s a step; requests of 100 spans (one agent's root and four model calls of about 600 bytes in each trace). A");
        line(
                page,
                "rate is held if every span is acknowledged, the p99 of the answers is at most 1 s and spans are visible within 10 s (p99).");
        line(page, "");
        line(
                page,
                "| spans/s intended | acknowledged | ack p50 ms | p99 ms | p99.9 ms | max ms | visible p50 s | visible p99 s | CPU-s per 1 M | held |");
        line(page, "|---|---|---|---|---|---|---|---|---|---|");
        for (Results.Step step : results.ladder()) {
            row(page, step);
        }
        line(page, "");
        line(page, "## Long run and half load");
        line(page, "");
        line(
                page,
                "| spans/s intended | acknowledged | ack p50 ms | p99 ms | p99.9 ms | max ms | visible p50 s | visible p99 s | CPU-s per 1 M | held |");
        line(page, "|---|---|---|---|---|---|---|---|---|---|");
        row(page, results.longRun());
        row(page, results.half());
        line(page, "");
        line(
                page,
                "Long run: %d s, %,d spans.",
                results.longRun().load().whole().toSeconds(),
                results.longRun().load().acknowledged());
        line(page, "");
        line(page, "## Where the processor time goes (long run)");
        line(page, "");
        line(page, "| component | CPU-s per 1 M spans | resident MiB at the end |");
        line(page, "|---|---|---|");
        new TreeMap<>(results.longRun().cpuSeconds())
                .forEach((name, seconds) -> line(
                        page,
                        "| %s | %.1f | %.0f |",
                        name,
                        seconds * 1e6 / results.longRun().load().acknowledged(),
                        results.atEnd().residentMiB().getOrDefault(name, 0.0)));
        line(
                page,
                "| in all | %.1f | %.0f |",
                results.longRun().cpuSecondsPerMillion(),
                results.atEnd().residentMiB().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum());
        line(page, "");
        line(page, "## Queries");
        line(page, "");
        line(page, "Through the gateway, one after the other, over %,d spans.", results.stored());
        line(page, "");
        line(page, "| query | p50 ms | p95 ms | max ms |");
        line(page, "|---|---|---|---|");
        results.queries()
                .forEach((name, times) -> line(
                        page,
                        "| %s | %.1f | %.1f | %.1f |",
                        name,
                        millis(times, 50),
                        millis(times, 95),
                        millis(times, 100)));
        line(page, "");
        line(page, "## Storage");
        line(page, "");
        line(page, "| table | rows | bytes on disk | bytes per row |");
        line(page, "|---|---|---|---|");
        new TreeMap<>(results.disk()).forEach((name, table) -> disk(page, name, table));
        line(page, "");
        line(page, "## The log alone");
        line(page, "");
        line(
                page,
                "`kafka-producer-perf-test`, same broker, 600-byte records, acks=all: %,.0f records/s, p99 %.0f ms.",
                results.ceiling().recordsPerSecond(),
                results.ceiling().p99Millis());
        return page.toString();
    }

    private static void row(StringBuilder page, Results.Step step) {
        LoadResult load = step.load();
        line(
                page,
                "| %,.0f | %,.0f | %.0f | %.0f | %.0f | %.0f | %.1f | %.1f | %.0f | %s |",
                load.intendedRate(),
                load.rate(),
                load.percentile(50) / 1e6,
                load.percentile(99) / 1e6,
                load.percentile(99.9) / 1e6,
                load.percentile(100) / 1e6,
                step.freshness().getValueAtPercentile(50) / 1e9,
                step.freshness().getValueAtPercentile(99) / 1e9,
                step.cpuSecondsPerMillion(),
                step.isHeld() ? "yes" : "no");
    }

    private static void disk(StringBuilder page, String name, EngineDisk.Table table) {
        double perRow = table.rows() == 0 ? 0 : (double) table.bytes() / table.rows();
        line(page, "| %s | %,d | %,d | %.1f |", name, table.rows(), table.bytes(), perRow);
    }

    private static double millis(Histogram times, double percentile) {
        return times.getValueAtPercentile(percentile) / 1e6;
    }

    private static void line(StringBuilder page, String format, Object... values) {
        page.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
