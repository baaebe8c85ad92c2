package io.pentameter.quality.intake;

import io.pentameter.quality.queue.JudgeJob;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while spans are read and the queue is worked on. */
@Readiness
class IntakeCheck implements HealthCheck {

    private final SpanConsumer spans;
    private final JudgeJob judges;

    IntakeCheck(SpanConsumer spans, JudgeJob judges) {
        this.spans = spans;
        this.judges = judges;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("intake")
                .withData("spans", spans.isWorking())
                .withData("judges", judges.isAlive())
                .status(spans.isWorking() && judges.isAlive())
                .build();
    }
}
