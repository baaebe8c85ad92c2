package io.pentameter.aggregation.sink;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What the sink did, for the metrics page. */
final class SinkMeters {

    private final MeterRegistry registry;
    private final String loop;
    private final Counter records;
    private final Counter dropped;
    private final Timer batches;

    SinkMeters(MeterRegistry registry, String loop) {
        this.registry = registry;
        this.loop = loop;
        records = Counter.builder("pentameter.sink.records")
                .description("records taken from the log, dead letters included")
                .tag("loop", loop)
                .register(registry);
        dropped = Counter.builder("pentameter.sink.dead.letters")
                .description("records that can never be stored")
                .tag("loop", loop)
                .register(registry);
        batches = Timer.builder("pentameter.sink.batch.time")
                .description("time of the inserts of one batch")
                .tag("loop", loop)
                .register(registry);
    }

    void batch(int count, int droppedCount, Duration time) {
        records.increment(count);
        dropped.increment(droppedCount);
        batches.record(time);
    }

    /** @param side {@code engine} or {@code log} */
    void fault(String side) {
        registry.counter("pentameter.sink.faults", "loop", loop, "side", side).increment();
    }
}
