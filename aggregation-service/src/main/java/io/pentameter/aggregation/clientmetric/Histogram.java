package io.pentameter.aggregation.clientmetric;

import io.pentameter.statistics.quantile.LogBuckets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Counts by buckets: of explicit bounds as clients sent them, and logarithmic ones over value × 1e9.
 *
 * @param explicit upper bound to count; the last may be infinite
 * @param logs     index of {@link LogBuckets} to count
 */
record Histogram(Map<Double, Long> explicit, Map<Short, Long> logs) {

    private static final double SCALE = 1e9;

    Histogram {
        explicit = Map.copyOf(explicit);
        logs = Map.copyOf(logs);
    }

    /** How quantiles are taken; empty if there is nothing to take them from. */
    String method() {
        if (explicit.isEmpty() && logs.isEmpty()) {
            return "";
        }
        if (!explicit.isEmpty() && !logs.isEmpty()) {
            return "none: the clients sent buckets of two kinds";
        }
        return explicit.isEmpty()
                ? "logarithmic buckets, relative error at most 1 %"
                : "the clients' buckets, linear within a bucket; at least the last bound where it lies above";
    }

    /**
     * The value below which the share {@code q} of the values lies; empty if there are none, or buckets of both kinds.
     *
     * <p>In explicit buckets it is interpolated linearly between the bounds of its bucket, the first of which begins at 0 if its upper
     * bound is positive (as Prometheus' {@code histogram_quantile} does); in the last bucket, which has no upper
     * bound, it is the lower one.
     */
    OptionalDouble quantile(double q) {
        if (explicit.isEmpty() == logs.isEmpty()) {
            return OptionalDouble.empty();
        }
        return explicit.isEmpty() ? ofLogs(q) : ofExplicit(q);
    }

    private OptionalDouble ofLogs(double q) {
        Map<Short, Long> counted = new HashMap<>();
        logs.forEach((bucket, count) -> {
            if (count > 0) {
                counted.put(bucket, count);
            }
        });
        OptionalDouble scaled = LogBuckets.quantile(counted, q);
        return scaled.isPresent() ? OptionalDouble.of(scaled.getAsDouble() / SCALE) : OptionalDouble.empty();
    }

    private OptionalDouble ofExplicit(double q) {
        TreeMap<Double, Long> buckets = new TreeMap<>(explicit);
        long all = buckets.values().stream().mapToLong(Long::longValue).sum();
        if (all <= 0) {
            return OptionalDouble.empty();
        }
        double rank = q * all;
        double below = 0;
        double lower = Math.min(0, buckets.firstKey());
        for (Map.Entry<Double, Long> bucket : buckets.entrySet()) {
            double upper = bucket.getKey();
            if (bucket.getValue() > 0 && below + bucket.getValue() >= rank) {
                return OptionalDouble.of(
                        Double.isInfinite(upper)
                                ? lower
                                : lower + (upper - lower) * (rank - below) / bucket.getValue());
            }
            below += bucket.getValue();
            lower = upper;
        }
        return OptionalDouble.of(lower);
    }
}
