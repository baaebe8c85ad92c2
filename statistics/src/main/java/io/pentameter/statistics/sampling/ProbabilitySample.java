package io.pentameter.statistics.sampling;

import io.pentameter.statistics.interval.CompensatedSum;
import io.pentameter.statistics.interval.EffectiveSize;
import io.pentameter.statistics.interval.Require;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Observed values with the probability by which each came into the sample, and the cluster it belongs to.
 *
 * <p>Clusters (sessions) are what is independent; without any named, each observation is its own.
 */
public final class ProbabilitySample {

    private final double[] values;
    private final double[] probabilities;
    private final int[] clusters;
    private final int clusterCount;

    private ProbabilitySample(double[] values, double[] probabilities, int[] clusters, int clusterCount) {
        Require.sameLength("values", values.length, "probabilities", probabilities.length);
        Require.sameLength("values", values.length, "clusters", clusters.length);
        this.values = values.clone();
        this.probabilities = probabilities.clone();
        for (int i = 0; i < values.length; i++) {
            Require.finite("value", values[i]);
            Require.probability("probability", probabilities[i]);
        }
        this.clusters = clusters;
        this.clusterCount = clusterCount;
    }

    /**
     * Independent observations.
     *
     * @param values        finite
     * @param probabilities by value, above 0 and at most 1
     */
    public static ProbabilitySample of(double[] values, double[] probabilities) {
        int[] own = new int[values.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = i;
        }
        return new ProbabilitySample(values, probabilities, own, own.length);
    }

    /**
     * Observations in clusters.
     *
     * @param clusters by value: anything with equality, such as the session id
     */
    public static ProbabilitySample clustered(double[] values, double[] probabilities, List<?> clusters) {
        Map<Object, Integer> numbers = new HashMap<>();
        int[] own = new int[clusters.size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = numbers.computeIfAbsent(clusters.get(i), _ -> numbers.size());
        }
        return new ProbabilitySample(values, probabilities, own, numbers.size());
    }

    /** Observations. */
    public int size() {
        return values.length;
    }

    /** Different clusters. */
    public int clusterCount() {
        return clusterCount;
    }

    double value(int index) {
        return values[index];
    }

    double probability(int index) {
        return probabilities[index];
    }

    /** How many requests the sample stands for: the sum of one over the probabilities. */
    public double estimatedPopulation() {
        CompensatedSum sum = new CompensatedSum();
        for (double probability : probabilities) {
            sum.add(1 / probability);
        }
        return sum.value();
    }

    /** Sum of the values, each counted as often as it stands for. */
    public double weightedTotal() {
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < values.length; i++) {
            sum.add(values[i] / probabilities[i]);
        }
        return sum.value();
    }

    /** Kish's effective size of the weights. */
    public double kish() {
        return EffectiveSize.kish(weights().toArray());
    }

    DoubleStream weights() {
        return Arrays.stream(probabilities).map(probability -> 1 / probability);
    }

    /** Whether everything was looked at, so that nothing is left to chance. */
    public boolean isCensus() {
        for (double probability : probabilities) {
            if (probability < 1) {
                return false;
            }
        }
        return true;
    }

    /** Same observations with each value {@code x} replaced by 1 if it is at most {@code limit}, else 0. */
    ProbabilitySample upTo(double limit) {
        double[] below = new double[values.length];
        for (int i = 0; i < below.length; i++) {
            below[i] = values[i] <= limit ? 1 : 0;
        }
        return new ProbabilitySample(below, probabilities, clusters, clusterCount);
    }

    /** Sum over each cluster of {@code (value - centre)/probability}. */
    double[] clusterResiduals(double centre) {
        double[] residuals = new double[clusterCount];
        for (int i = 0; i < values.length; i++) {
            residuals[clusters[i]] += (values[i] - centre) / probabilities[i];
        }
        return residuals;
    }

    void requireUnitValues() {
        for (double value : values) {
            Require.share("value", value);
        }
    }
}
