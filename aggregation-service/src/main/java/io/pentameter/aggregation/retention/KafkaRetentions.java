package io.pentameter.aggregation.retention;

import io.pentameter.aggregation.tenantconfig.KafkaTenantConfig;
import java.util.HashMap;
import java.util.Map;

/** How long tenants keep their data, as they or the operator have set it. */
final class KafkaRetentions {

    private final KafkaTenantConfig config;

    KafkaRetentions(KafkaTenantConfig config) {
        this.config = config;
    }

    /** Days by tenant, of those that have any. */
    Map<String, Integer> days() {
        Map<String, Integer> days = new HashMap<>();
        config.read(change -> {
            if (change.hasProfile() && change.getProfile().getRetentionDays() > 0) {
                days.put(change.getTenant(), change.getProfile().getRetentionDays());
            }
        });
        return days;
    }
}
