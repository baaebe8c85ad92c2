package io.pentameter.statistics.sampling;

import io.pentameter.statistics.interval.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * With which probability a request is looked at, and why.
 *
 * @param probability above 0 and at most 1; below 2⁻⁵⁶ no threshold can express it
 * @param ruleIds     every rule that matched, not only the one that decided; at least one
 */
public record Inclusion(double probability, List<String> ruleIds) {

    public Inclusion {
        Require.probability("probability", probability);
        ruleIds = List.copyOf(ruleIds);
        if (ruleIds.isEmpty()) {
            throw new IllegalArgumentException("ruleIds must hold at least one rule: []");
        }
    }

    /**
     * Same request after one more rule was found to match, perhaps hours later.
     *
     * <p>The probability never falls. With the same random number a request that was selected stays selected, and others may
     * join; rewrite the probability that was stored.
     */
    public Inclusion alsoMatching(String ruleId, double ruleProbability) {
        Require.probability("rule " + ruleId, ruleProbability);
        if (ruleIds.contains(ruleId)) {
            return new Inclusion(Math.max(probability, ruleProbability), ruleIds);
        }
        List<String> all = new ArrayList<>(ruleIds);
        all.add(ruleId);
        return new Inclusion(Math.max(probability, ruleProbability), all);
    }

    /** Threshold of the probability, all 14 digits; its text is the key of the class of requests with this probability. */
    public Threshold threshold() {
        return Threshold.ofProbability(probability);
    }

    /** Whether the request with this random number is looked at. */
    public boolean selects(Randomness randomness) {
        return randomness.isKeptAt(threshold());
    }

    /**
     * How many requests of its class one selected request stands for, 1 or more: the adjusted count of the threshold that decides, not
     * one over the probability that was configured.
     */
    public double weight() {
        return threshold().adjustedCount();
    }
}
