package io.pentameter.gateway.proxy;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready before the port for gRPC is open, and from the moment it closes. */
@Readiness
@ApplicationScoped
class GrpcCheck implements HealthCheck {

    private final HttpGrpcPort port;

    GrpcCheck(HttpGrpcPort port) {
        this.port = port;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("grpc").status(port.isAsWanted()).build();
    }
}
