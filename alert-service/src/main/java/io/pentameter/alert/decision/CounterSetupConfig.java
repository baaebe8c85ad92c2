package io.pentameter.alert.decision;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the counters that this instance keeps. */
@ApplicationScoped
class CounterSetupConfig {

    @Produces
    @Singleton
    Counters counters(DecisionConfig config) {
        return new Counters(config.maxTail());
    }
}
