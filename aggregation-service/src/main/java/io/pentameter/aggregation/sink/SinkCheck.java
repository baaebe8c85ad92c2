package io.pentameter.aggregation.sink;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** How far the sink is; it is never a reason to take the service out, which can answer from what it has. */
@Readiness
@ApplicationScoped
class SinkCheck implements HealthCheck {

    private final SinkProgress progress;

    SinkCheck(SinkProgress progress) {
        this.progress = progress;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("sink")
                .withData("lag", progress.lag())
                .withData(
                        "visibleUntil",
                        progress.visibleUntil().map(Object::toString).orElse("not known"))
                .up()
                .build();
    }
}
