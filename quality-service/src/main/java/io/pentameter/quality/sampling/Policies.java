package io.pentameter.quality.sampling;

import io.pentameter.statistics.sampling.Inclusion;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The policies and cost thresholds of all tenants, as last read; immutable. */
final class Policies {

    private final Map<String, List<Compiled>> byTenant;
    private final Map<String, List<CostThreshold>> thresholds;
    private final Compiled standard;

    /** A policy with its inclusion probabilities worked out for every set of rules. */
    record Compiled(long fromMicros, String label, List<Inclusion> checks, List<Inclusion> judges) {

        static Compiled of(PolicyVersion policy) {
            long from = policy.effectiveFrom().toEpochMilli() * 1000;
            return new Compiled(from, policy.label(), policy.forChecks(), policy.forJudges());
        }
    }

    /**
     * @param versions   all that may still decide a span, in any order
     * @param thresholds the same
     */
    Policies(
            Map<String, List<PolicyVersion>> versions,
            Map<String, List<CostThreshold>> thresholds,
            PolicyVersion standard) {
        this.standard = Compiled.of(standard);
        this.byTenant = new HashMap<>();
        versions.forEach((tenant, of) -> byTenant.put(
                tenant,
                of.stream()
                        .sorted(Comparator.comparingInt(PolicyVersion::version).reversed())
                        .map(Compiled::of)
                        .toList()));
        this.thresholds = new HashMap<>();
        thresholds.forEach((tenant, of) -> this.thresholds.put(
                tenant,
                of.stream()
                        .sorted(Comparator.comparing(CostThreshold::validFrom).reversed())
                        .toList()));
    }

    /** The policy that decides a span received at that time. */
    Compiled inForce(String tenant, long receivedAtMicros) {
        for (Compiled candidate : byTenant.getOrDefault(tenant, List.of())) {
            if (candidate.fromMicros() <= receivedAtMicros) {
                return candidate;
            }
        }
        return standard;
    }

    /** Whether a cost is above the threshold in force; never while there is none. */
    boolean isHighCost(String tenant, long receivedAtMicros, long nanoUsd) {
        if (nanoUsd <= 0) {
            return false;
        }
        for (CostThreshold candidate : thresholds.getOrDefault(tenant, List.of())) {
            if (candidate.validFrom().toEpochMilli() * 1000 <= receivedAtMicros) {
                return nanoUsd > candidate.nanoUsd();
            }
        }
        return false;
    }
}
