package io.pentameter.gateway.health;

import io.pentameter.gateway.log.KafkaLog;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only with the broker: without it no read of a payload is allowed and no act is recorded. */
@Readiness
@ApplicationScoped
class KafkaCheck implements HealthCheck {

    private final KafkaLog log;

    KafkaCheck(KafkaLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("kafka").status(log.isReachable()).build();
    }
}
