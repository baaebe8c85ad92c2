package io.pentameter.quality.sampling;

import io.pentameter.statistics.sampling.Randomness;
import java.util.HexFormat;
import java.util.Map;

/**
 * Decides which spans are graded: one random number per logical request, one probability per span.
 *
 * <p>The decision depends on the span, the policy in force when it was received, and the key; on nothing else. A span that
 * comes twice is decided alike, and a rule that comes to match later can only add, never take away.
 */
public final class Sampler {

    private final EpochKeys keys;
    private volatile Policies policies;

    /** Starts with the standard policy for everybody. */
    public Sampler(EpochKeys keys, PolicyVersion standard) {
        this.keys = keys;
        this.policies = new Policies(Map.of(), Map.of(), standard);
    }

    void use(Policies latest) {
        policies = latest;
    }

    /**
     * Decides about a candidate.
     *
     * @param lateRules bits of rules that came to match after the span had passed, 0 for none
     */
    public Selection select(SpanGlance span, int lateRules) {
        Policies now = policies;
        String tenant = span.tenant();
        long receivedAt = span.receivedAtMicros();
        int matched = lateRules;
        if (span.isError()) {
            matched |= Rule.ERROR.bit();
        }
        if (now.isHighCost(tenant, receivedAt, span.costNanoUsd())) {
            matched |= Rule.HIGH_COST.bit();
        }
        Policies.Compiled policy = now.inForce(tenant, receivedAt);
        return new Selection(
                randomness(span), policy.checks().get(matched), policy.judges().get(matched), policy.label());
    }

    private Randomness randomness(SpanGlance span) {
        String request = span.requestId().isEmpty() ? HexFormat.of().formatHex(span.traceId()) : span.requestId();
        return keys.of(span.tenant(), request, span.receivedAtMicros());
    }
}
