package io.pentameter.ingest.config;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the tenants' settings are read, and as long as the log answers. */
@Readiness
@ApplicationScoped
class ReadinessCheck implements HealthCheck {

    private final CurrentTenants tenants;

    ReadinessCheck(CurrentTenants tenants) {
        this.tenants = tenants;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("intake")
                .status(tenants.isLoaded() && tenants.isLogReachable())
                .withData("tenantSettingsRead", tenants.isLoaded())
                .withData("logReachable", tenants.isLogReachable())
                .build();
    }
}
