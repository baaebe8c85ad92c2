package io.pentameter.alert.decision;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** What operators see of the decisions. Labels are words out of small sets, never tenants. */
@ApplicationScoped
class DecisionMetrics {

    private final Map<Decider.Verdict, Counter> decided = new EnumMap<>(Decider.Verdict.class);

    DecisionMetrics(MeterRegistry meters, Counters counters, InstantSource clock) {
        for (Decider.Verdict verdict : Decider.Verdict.values()) {
            decided.put(verdict, meters.counter("pentameter.alert.decisions", "decision", verdict.word()));
        }
        meters.gauge(
                "pentameter.alert.decisions.age.seconds",
                counters,
                it -> Duration.between(it.asOf(), clock.instant()).toMillis() / 1000.0);
        meters.gauge("pentameter.alert.decisions.tail", counters, Counters::tailSize);
    }

    void decided(Decider.Verdict verdict) {
        Counter counter = decided.get(verdict);
        if (counter != null) {
            counter.increment();
        }
    }
}
