package io.pentameter.ingest.config;

import io.pentameter.ingest.classify.IntentModel;
import io.pentameter.ingest.dimension.MappingRuleSet;
import io.pentameter.ingest.payload.PayloadMode;
import io.pentameter.ingest.payload.PayloadRules;
import io.pentameter.ingest.redact.Redactor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant has set.
 *
 * @param isSuspended  whether its telemetry is refused
 * @param payloads     what is kept of prompts and outputs
 * @param mapping      which attributes fill which dimension
 * @param redactor     masks what the tenant wants masked
 * @param isReversible whether pseudonyms of masked ids can be resolved
 * @param intents      the tenant's own classifier; absent if it has trained none
 */
public record TenantSettings(
        boolean isSuspended,
        PayloadRules payloads,
        MappingRuleSet mapping,
        Redactor redactor,
        boolean isReversible,
        @Nullable IntentModel intents) {

    /** For a tenant that has set nothing. */
    public static final TenantSettings STANDARD =
            new TenantSettings(false, PayloadRules.FULL, MappingRuleSet.NONE, Redactor.STANDARD, false, null);

    /** What is kept where no rule of the tenant says otherwise. */
    public PayloadMode payloadMode() {
        return payloads.standard();
    }

    public TenantSettings withProfile(boolean suspended, PayloadMode mode) {
        return new TenantSettings(
                suspended, new PayloadRules(mode, payloads.rules()), mapping, redactor, isReversible, intents);
    }

    public TenantSettings withMapping(MappingRuleSet rules) {
        return new TenantSettings(isSuspended, payloads, rules, redactor, isReversible, intents);
    }

    public TenantSettings withRedactor(Redactor other) {
        return new TenantSettings(isSuspended, payloads, mapping, other, isReversible, intents);
    }

    public TenantSettings withPayloadRules(List<PayloadRules.Rule> rules) {
        return new TenantSettings(
                isSuspended, new PayloadRules(payloads.standard(), rules), mapping, redactor, isReversible, intents);
    }

    public TenantSettings withReversible(boolean reversible) {
        return new TenantSettings(isSuspended, payloads, mapping, redactor, reversible, intents);
    }

    /** @param own absent for the default */
    public TenantSettings withIntents(@Nullable IntentModel own) {
        return new TenantSettings(isSuspended, payloads, mapping, redactor, isReversible, own);
    }
}
