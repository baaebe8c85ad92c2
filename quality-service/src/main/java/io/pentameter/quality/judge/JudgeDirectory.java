package io.pentameter.quality.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The judges of all tenants as last read from the database.
 *
 * @param byTenant judges by tenant
 */
public record JudgeDirectory(Map<String, List<Judge>> byTenant) {

    public JudgeDirectory {
        byTenant = Map.copyOf(byTenant);
    }

    /** Judges of the tenant that look at such a span. */
    public List<Judge> lookingAt(String tenant, boolean isModelCall, boolean isRequest, String feature) {
        return byTenant.getOrDefault(tenant, List.of()).stream()
                .filter(judge -> judge.looksAt(isModelCall, isRequest, feature))
                .toList();
    }

    /** The judge, if the tenant has it. */
    public Optional<Judge> find(String tenant, String id) {
        return byTenant.getOrDefault(tenant, List.of()).stream()
                .filter(judge -> judge.id().equals(id))
                .findFirst();
    }
}
