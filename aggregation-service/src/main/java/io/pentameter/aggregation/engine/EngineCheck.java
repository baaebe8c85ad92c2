package io.pentameter.aggregation.engine;

import io.pentameter.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether the engine answers. */
@Readiness
@ApplicationScoped
class EngineCheck implements HealthCheck {

    private final Reads reads;

    EngineCheck(Reads reads) {
        this.reads = reads;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            reads.read(new AllTenantsQuery("SELECT 1", new Bindings()), row -> row.getInt(1));
            return HealthCheckResponse.named("clickhouse").up().build();
        } catch (ProblemException _) {
            return HealthCheckResponse.named("clickhouse").down().build();
        }
    }
}
