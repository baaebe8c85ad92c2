package io.pentameter.ingest.config;

import io.pentameter.ingest.dimension.MappingRuleSet;
import io.pentameter.ingest.payload.PayloadMode;
import io.pentameter.ingest.redact.Redactor;

/**
 * What one tenant has set.
 *
 * @param isSuspended whether its telemetry is refused
 * @param payloadMode what is kept of prompts and outputs
 * @param mapping     which attributes fill which dimension
 * @param redactor    masks what the tenant wants masked
 */
public record TenantSettings(boolean isSuspended, PayloadMode payloadMode, MappingRuleSet mapping, Redactor redactor) {

    /** For a tenant that has set nothing. */
    public static final TenantSettings STANDARD =
            new TenantSettings(false, PayloadMode.FULL, MappingRuleSet.NONE, Redactor.STANDARD);

    TenantSettings withProfile(boolean suspended, PayloadMode mode) {
        return new TenantSettings(suspended, mode, mapping, redactor);
    }

    TenantSettings withMapping(MappingRuleSet rules) {
        return new TenantSettings(isSuspended, payloadMode, rules, redactor);
    }

    TenantSettings withRedactor(Redactor other) {
        return new TenantSettings(isSuspended, payloadMode, mapping, other);
    }
}
