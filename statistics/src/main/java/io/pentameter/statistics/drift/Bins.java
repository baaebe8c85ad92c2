package io.pentameter.statistics.drift;

import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.quantile.LogBuckets;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Bins a number or a vector so that its mix can be tested: reference deciles for numbers, nearest centroid for
 * embeddings.
 *
 * <p>Deciles are those of the sketch, so within 1 % of the exact ones; centroids are frozen with the reference. Not
 * for values with a mass at one point: equal ends leave fewer bins.
 */
public final class Bins {

    private Bins() {}

    /**
     * Upper ends of the lower nine tenths of a reference histogram; equal ends are given once, so there may be fewer.
     *
     * @param reference histogram of {@link LogBuckets}
     */
    public static double[] deciles(Map<Short, Long> reference) {
        return IntStream.rangeClosed(1, 9)
                .mapToObj(tenth -> LogBuckets.quantile(reference, tenth / 10.0))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .distinct()
                .toArray();
    }

    /** Bin of {@code value} between rising {@code ends}: the number of ends that lie below it. */
    public static int binOf(double value, double[] ends) {
        int position = Arrays.binarySearch(ends, Require.finite("value", value));
        return position >= 0 ? position : -position - 1;
    }

    /** Position of the centroid that is nearest to {@code vector}; the first of equally near ones. */
    public static int nearest(double[] vector, double[][] centroids) {
        Require.atLeast(1, "number of centroids", centroids.length);
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < centroids.length; c++) {
            Require.sameLength("vector", vector.length, "centroid", centroids[c].length);
            double distance = 0;
            for (int i = 0; i < vector.length; i++) {
                double difference = Require.finite("component", vector[i]) - centroids[c][i];
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                best = c;
            }
        }
        return best;
    }
}
