package io.pentameter.alert.evaluation;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Says so when the numbers stand still: rules are then not evaluated, and no alert can fire.
 *
 * <p>Not part of readiness: the API goes on working, and another replica would see the same.
 */
@Wellness
@ApplicationScoped
class EvidenceCheck implements HealthCheck {

    private final EvaluationMetrics metrics;
    private final EvaluationConfig config;
    private final InstantSource clock;
    private final Instant startedAt;

    EvidenceCheck(EvaluationMetrics metrics, EvaluationConfig config, InstantSource clock) {
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    @Override
    public HealthCheckResponse call() {
        Instant seen = metrics.visibleUntil();
        Instant from = seen.isAfter(startedAt) ? seen : startedAt;
        Duration lag = Duration.between(from, clock.instant());
        return HealthCheckResponse.named("numbers are fresh enough to alert on")
                .status(lag.compareTo(config.maxLag()) <= 0)
                .withData("visibleUntil", seen.toString())
                .withData("lagSeconds", lag.toSeconds())
                .build();
    }
}
