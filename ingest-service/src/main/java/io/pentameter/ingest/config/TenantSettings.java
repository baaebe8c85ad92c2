package io.pentameter.ingest.config;

import io.pentameter.ingest.dimension.MappingRuleSet;
import io.pentameter.ingest.payload.PayloadMode;
import io.pentameter.ingest.payload.PayloadRules;
import io.pentameter.ingest.redact.Redactor;
import java.util.List;

/**
 * What one tenant has set.
 *
 * @param isSuspended  whether its telemetry is refused
 * @param payloads     what is kept of prompts and outputs
 * @param mapping      which attributes fill which dimension
 * @param redactor     masks what the tenant wants masked
 * @param isReversible whether pseudonyms of masked ids can be resolved
 */
public record TenantSettings(
        boolean isSuspended, PayloadRules payloads, MappingRuleSet mapping, Redactor redactor, boolean isReversible) {

    /** For a tenant that has set nothing. */
    public static final TenantSettings STANDARD =
            new TenantSettings(false, PayloadRules.FULL, MappingRuleSet.NONE, Redactor.STANDARD, false);

    /** What is kept where no rule of the tenant says otherwise. */
    public PayloadMode payloadMode() {
        return payloads.standard();
    }

    public TenantSettings withProfile(boolean suspended, PayloadMode mode) {
        return new TenantSettings(suspended, new PayloadRules(mode, payloads.rules()), mapping, redactor, isReversible);
    }

    public TenantSettings withMapping(MappingRuleSet rules) {
        return new TenantSettings(isSuspended, payloads, rules, redactor, isReversible);
    }

    public TenantSettings withRedactor(Redactor other) {
        return new TenantSettings(isSuspended, payloads, mapping, other, isReversible);
    }

    public TenantSettings withPayloadRules(List<PayloadRules.Rule> rules) {
        return new TenantSettings(
                isSuspended, new PayloadRules(payloads.standard(), rules), mapping, redactor, isReversible);
    }

    public TenantSettings withReversible(boolean reversible) {
        return new TenantSettings(isSuspended, payloads, mapping, redactor, reversible);
    }
}
