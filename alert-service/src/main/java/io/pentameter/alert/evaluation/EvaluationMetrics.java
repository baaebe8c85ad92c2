package io.pentameter.alert.evaluation;

import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.alert.rule.Severity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** What operators see of the evaluation. Labels are words out of small sets, never tenants or rules. */
@ApplicationScoped
class EvaluationMetrics {

    private final MeterRegistry meters;
    private final AtomicReference<Instant> visibleUntil = new AtomicReference<>(Instant.EPOCH);
    private final AtomicLong lagMillis = new AtomicLong();
    private final Map<Severity, AtomicLong> firing = new EnumMap<>(Severity.class);

    EvaluationMetrics(MeterRegistry meters) {
        this.meters = meters;
        meters.gauge("pentameter.alert.evidence.lag.seconds", lagMillis, lag -> lag.get() / 1000.0);
        for (Severity severity : Severity.values()) {
            AtomicLong count = new AtomicLong();
            firing.put(severity, count);
            meters.gauge(
                    "pentameter.alert.firing",
                    List.of(io.micrometer.core.instrument.Tag.of("severity", severity.word())),
                    count);
        }
    }

    void sawEvidence(Instant until, Instant now) {
        visibleUntil.set(until);
        lagMillis.set(Math.max(0, Duration.between(until, now).toMillis()));
    }

    /** Up to where the numbers were complete when somebody last looked; the epoch if nobody could. */
    Instant visibleUntil() {
        return visibleUntil.get();
    }

    /** @param result evaluated, failed, behind or changed */
    void evaluated(String result, int rules) {
        meters.counter("pentameter.alert.evaluations", "result", result).increment(rules);
    }

    void reached(List<String> states) {
        states.forEach(state ->
                meters.counter("pentameter.alert.transitions", "state", state).increment());
    }

    void cut(int groups) {
        meters.counter("pentameter.alert.groups.cut").increment(groups);
    }

    void firing(Map<String, Long> bySeverity) {
        firing.forEach((severity, count) -> count.set(bySeverity.getOrDefault(severity.word(), 0L)));
    }
}
