package io.pentameter.stack.chaos;

import io.pentameter.stack.chaos.Comparison.Finding;
import io.pentameter.stack.http.JsonApi;
import io.pentameter.stack.process.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;

/** The end of a run: waits until everything is told, and compares it for each kind of client, at once and from sealed rollups. */
final class Reckoning {

    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(3);

    private final SequencedMap<String, Comparison> comparisons = new LinkedHashMap<>();
    private final Consumer<String> progress;

    Reckoning(JsonApi read, String run, Instant from, Consumer<String> progress) {
        this.progress = progress;
        String otlp = OtlpSource.CLIENT;
        comparisons.put(otlp, new Comparison(read, Trace.prefix(run, otlp), "customer", from));
        for (Vendor vendor : Vendor.values()) {
            String client = vendor.client();
            comparisons.put(client, new Comparison(read, Trace.prefix(run, client), "session", from));
        }
    }

    /**
     * Whether all is there once.
     *
     * @param acknowledged by kind of client
     * @param settled      how long after the last span all rollups are sealed
     */
    boolean isExact(Map<String, List<Trace>> acknowledged, Instant now, Duration settled) {
        Instant to = now.plusSeconds(120).truncatedTo(ChronoUnit.MINUTES);
        long began = System.nanoTime();
        boolean drained = Waiting.until(DRAIN_LIMIT, () -> {
            Waiting.pause(Duration.ofSeconds(1));
            return comparisons.entrySet().stream()
                    .allMatch(entry ->
                            entry.getValue().isDrained(acknowledged.getOrDefault(entry.getKey(), List.of()), to));
        });
        progress.accept(
                drained
                        ? "chaos: drained after %.1f s".formatted((System.nanoTime() - began) / 1e9)
                        : "chaos: not drained within " + DRAIN_LIMIT.toSeconds() + " s");
        boolean isExact = isExact("at once", acknowledged, to);
        progress.accept("chaos: waiting %d s until the rollups are sealed".formatted(settled.toSeconds()));
        Waiting.pause(settled);
        return isExact("from sealed rollups", acknowledged, to) && isExact;
    }

    private boolean isExact(String when, Map<String, List<Trace>> acknowledged, Instant to) {
        boolean isExact = true;
        for (Map.Entry<String, Comparison> entry : comparisons.entrySet()) {
            Finding finding = entry.getValue().compare(acknowledged.getOrDefault(entry.getKey(), List.of()), to);
            show("%s, %s".formatted(when, entry.getKey()), finding);
            isExact &= finding.isExact();
        }
        return isExact;
    }

    private void show(String when, Finding finding) {
        progress.accept("chaos: %s: acknowledged %s; lost %,d spans, double %,d%s"
                .formatted(
                        when,
                        finding.acknowledged(),
                        finding.lost(),
                        finding.twice(),
                        finding.isExact() ? "; stored the same" : "; stored " + finding.stored()));
        finding.shown().stream().limit(Chaos.MOST_SHOWN).forEach(line -> progress.accept("  " + line));
    }
}
