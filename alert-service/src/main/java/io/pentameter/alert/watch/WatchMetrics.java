package io.pentameter.alert.watch;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** What operators see of the budgets. Labels are words out of small sets, never tenants. */
@ApplicationScoped
class WatchMetrics {

    private final MeterRegistry meters;

    WatchMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param result evaluated, failed or behind */
    void evaluated(String result, int budgets) {
        meters.counter("pentameter.alert.budget.evaluations", "result", result).increment(budgets);
    }

    /** Budgets for each value that more values have reached than are told of. */
    void cut(int budgets) {
        meters.counter("pentameter.alert.budget.groups.cut").increment(budgets);
    }
}
