package io.pentameter.quality.sampling;

import io.pentameter.statistics.sampling.Inclusion;
import io.pentameter.statistics.sampling.SamplingPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sampling policy of a tenant from one moment on. A span is decided by the policy in force when it was received, so
 * that a redelivery decides alike.
 *
 * @param version       0 for the standard that a tenant starts with, then rising
 * @param effectiveFrom first receive time that it decides
 * @param judgeFloor    probability that an answer is shown to judges whatever it is; above 0, at most 1
 * @param checkFloor    the same for the built-in checks, which cost nothing but time
 * @param rules         probability of each rule, above 0 and at most 1
 */
public record PolicyVersion(
        int version, Instant effectiveFrom, double judgeFloor, double checkFloor, Map<Rule, Double> rules) {

    /** Uniform floor of judged traffic: every answer has a chance, or nothing can be estimated. */
    public static final double STANDARD_JUDGE_FLOOR = 0.005;

    /** Uniform floor of checked traffic. */
    public static final double STANDARD_CHECK_FLOOR = 0.05;

    public PolicyVersion {
        rules = Map.copyOf(rules);
        if (rules.size() != Rule.values().length) {
            throw new IllegalArgumentException("rules must name each rule once: " + rules.keySet());
        }
    }

    /** What holds for a tenant that has decided nothing. */
    public static PolicyVersion standard(double judgeFloor, double checkFloor) {
        Map<Rule, Double> rules = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            rules.put(rule, rule.standardProbability());
        }
        return new PolicyVersion(0, Instant.EPOCH, judgeFloor, checkFloor, rules);
    }

    /** Name of the version in scores. */
    public String label() {
        return version == 0 ? "standard" : "v" + version;
    }

    /** Inclusion for each set of rules in the order of the sets' bits, for judges. */
    List<Inclusion> forJudges() {
        return inclusions(judgeFloor);
    }

    /** As {@link #forJudges}, for checks; never less likely than judges, so that what is judged is also checked. */
    List<Inclusion> forChecks() {
        return inclusions(Math.max(judgeFloor, checkFloor));
    }

    private List<Inclusion> inclusions(double floor) {
        Map<String, Double> byId = new HashMap<>();
        rules.forEach((rule, probability) -> byId.put(rule.id(), probability));
        SamplingPolicy policy = new SamplingPolicy(label(), floor, byId);
        List<Inclusion> inclusions = new ArrayList<>();
        for (int set = 0; set < 1 << Rule.values().length; set++) {
            List<String> matched = new ArrayList<>();
            for (Rule rule : Rule.values()) {
                if ((set & rule.bit()) != 0) {
                    matched.add(rule.id());
                }
            }
            inclusions.add(policy.inclusionOf(matched));
        }
        return inclusions;
    }
}
