package io.pentameter.statistics.sampling;

import io.pentameter.statistics.interval.Require;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Turns the rules that a request matched into one inclusion probability: the largest of them, and never below the floor.
 *
 * <p>{@code π = max π_r}, not {@code 1 - Π(1 - π_r)}: there is one random number per request, so the union of the rules is the
 * largest (E. Ohlsson, permanent random numbers, 1995). The floor is the uniform baseline; because of it every request has
 * {@code π > 0}, without which no estimate from the sample is unbiased.
 *
 * <p>A rule may use anything that is known before grading, also thresholds learnt from past data. It must not use the verdict.
 *
 * @param version persisted with every graded request, so that it can be told which rules were in force; not empty
 * @param floor   probability of the uniform baseline, above 0 and at most 1
 * @param rules   probability by rule id, each above 0 and at most 1
 */
public record SamplingPolicy(String version, double floor, Map<String, Double> rules) {

    /** Id under which the floor appears among the rules of an {@link Inclusion}. */
    public static final String BASELINE = "baseline";

    public SamplingPolicy {
        if (version.isEmpty()) {
            throw new IllegalArgumentException("version must not be empty: ''");
        }
        Require.probability("floor", floor);
        rules = Map.copyOf(rules);
        rules.forEach((id, probability) -> Require.probability("rule " + id, probability));
    }

    /** The rules that a new tenant starts with. */
    public static SamplingPolicy standard() {
        return new SamplingPolicy(
                "standard-1",
                0.005,
                Map.of(
                        "error", 1.0,
                        "guardrail", 1.0,
                        "high-risk", 1.0,
                        "thumbs-down", 1.0,
                        "high-cost", 0.2,
                        "low-confidence", 0.1,
                        "outlier", 0.1));
    }

    /**
     * What follows from the rules that a request matched.
     *
     * @param matched ids of rules of this policy, in any order, repeats allowed; empty is the baseline alone
     */
    public Inclusion inclusionOf(Collection<String> matched) {
        Inclusion inclusion = new Inclusion(floor, List.of(BASELINE));
        for (String id : new TreeSet<>(matched)) {
            if (!id.equals(BASELINE)) {
                inclusion = inclusion.alsoMatching(id, probabilityOf(id));
            }
        }
        return inclusion;
    }

    private double probabilityOf(String id) {
        Double probability = rules.get(id);
        if (probability == null) {
            throw new IllegalArgumentException(
                    "rule must be one of %s: %s".formatted(new TreeMap<>(rules).keySet(), id));
        }
        return probability;
    }
}
