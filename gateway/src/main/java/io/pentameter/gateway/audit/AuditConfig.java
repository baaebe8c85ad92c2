package io.pentameter.gateway.audit;

import io.pentameter.gateway.chance.Chance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Gives the audit trail its clock and its chance. */
@ApplicationScoped
class AuditConfig {

    @Produces
    @Singleton
    AuditTrail auditTrail(InstantSource clock, Chance chance) {
        return new AuditTrail(clock, chance);
    }
}
