package io.pentameter.statistics.quantile;

import io.pentameter.statistics.interval.Require;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A histogram of sampled rows over {@link LogBuckets}: each value counts with its weight {@code 1/π}.
 *
 * <p>The quantile is that of {@link WeightedQuantile}, taken on the buckets: within 1 % of the exact weighted quantile.
 * It does not change when all weights are multiplied by one factor. Weights are added as doubles: shards merge to the
 * same sums up to rounding (1e-15, relative), and to the very same ones while all weights are whole numbers below 2⁵³.
 *
 * <p>In ClickHouse: {@code sumMap(map(bucket, weight))} into {@code Map(Int16, Float64)}. For unsampled data use {@link
 * LogSketch}, which is exact. Not safe for use by several threads.
 *
 * <p>Source: as {@link LogSketch} and {@link WeightedQuantile}.
 */
public final class WeightedLogSketch {

    private final TreeMap<Short, Double> weights = new TreeMap<>();

    /**
     * Counts {@code value} with {@code weight}.
     *
     * @param value as for {@link LogBuckets#index}
     * @param weight 0 or more and finite; 0 changes nothing
     */
    public void add(double value, double weight) {
        add(LogBuckets.index(value), weight);
    }

    /** Adds {@code weight} to one bucket. */
    public void add(short bucket, double weight) {
        WeightedQuantile.checkWeight(weight);
        if (weight > 0) {
            weights.merge(bucket, weight, Double::sum);
        }
    }

    /** Adds all of {@code other}, which stays as it is. */
    public void merge(WeightedLogSketch other) {
        Map.copyOf(other.weights).forEach(this::add);
    }

    /** Sum of all weights: the estimated number of values in the population. */
    public double totalWeight() {
        return weights.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Weights by bucket, ascending; a copy. */
    public Map<Short, Double> buckets() {
        return new TreeMap<>(weights);
    }

    /**
     * Representative of the least bucket up to which at least the share {@code q} of the weight lies.
     *
     * @param q 0 to 1, both included
     * @return empty if there is no weight
     */
    public OptionalDouble quantile(double q) {
        Require.share("q", q);
        if (weights.isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] values = weights.keySet().stream()
                .mapToDouble(LogBuckets::representative)
                .toArray();
        double[] masses =
                weights.values().stream().mapToDouble(Double::doubleValue).toArray();
        return WeightedQuantile.of(values, masses, q);
    }
}
