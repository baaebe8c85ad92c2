package io.pentameter.quality.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The numbers of this service. Labels are words of this code, never of tenants. */
@Singleton
public class Meters {

    private static final String PREFIX = "pentameter.quality.";

    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final AtomicLong waiting;
    private final AtomicLong oldestSeconds;

    Meters(MeterRegistry registry) {
        this.registry = registry;
        this.waiting = registry.gauge(PREFIX + "queue.length", new AtomicLong());
        this.oldestSeconds = registry.gauge(PREFIX + "queue.age.seconds", new AtomicLong());
    }

    /** Spans taken from the log. */
    public void seen(int spans) {
        counter("spans.seen", "all", "").increment(spans);
    }

    /** A grade by a rater: a check's name, or judge. */
    public void graded(String rater) {
        counter("graded", "rater", rater).increment();
    }

    /** Something was not graded. */
    public void skipped(String reason) {
        counter("skipped", "reason", reason).increment();
    }

    /** A judge gave no grade, for now or for good. */
    public void judgeError(String kind) {
        counter("judge.errors", "kind", kind).increment();
    }

    /** One judgement, with all its calls. */
    public void judged(Duration took, long nanoUsd) {
        Timer.builder(PREFIX + "judge.latency").register(registry).record(took);
        counter("judge.spend.nano.usd", "all", "").increment((double) nanoUsd);
    }

    /** State of the queue. */
    public void queue(long length, Duration oldest) {
        waiting.set(length);
        oldestSeconds.set(oldest.toSeconds());
    }

    private Counter counter(String name, String label, String value) {
        return counters.computeIfAbsent(
                name + ' ' + value,
                _ -> value.isEmpty() ? registry.counter(PREFIX + name) : registry.counter(PREFIX + name, label, value));
    }
}
