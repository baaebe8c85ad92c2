package io.pentameter.gateway.limit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the limiter of this node as the settings say. */
@ApplicationScoped
class LimiterConfig {

    private static final double MILLIS = 1000;
    private static final int MAX_REFUSAL_ACCOUNTS = 10_000;

    @Produces
    @Singleton
    Limiter limiter(LimitConfig config) {
        double burst = config.burst().toMillis() / MILLIS;
        if (burst <= 0) {
            throw new IllegalArgumentException("pentameter.gateway.limit.burst must be above zero: " + config.burst());
        }
        return new Limiter(System::nanoTime, burst, config.maxMeters());
    }

    @Produces
    @Singleton
    RefusalLedger refusals() {
        return new RefusalLedger(MAX_REFUSAL_ACCOUNTS);
    }
}
