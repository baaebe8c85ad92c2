package io.pentameter.statistics.drift;

import io.pentameter.statistics.interval.Require;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Maximum mean discrepancy of two samples of vectors, such as embeddings; weekly and on request.
 *
 * <pre>
 * k(x,y) = exp(-|x-y|² / (2σ²))
 * MMD²   = Σ_{i≠j} k(x_i,x_j)/(m(m-1)) + Σ_{i≠j} k(y_i,y_j)/(n(n-1)) - 2 mean k(x,y)
 * </pre>
 *
 * <p>Unbiased estimate, Gretton et al., JMLR 13 (2012), equation 3; it may be negative. p-value by permutation with a
 * seed of the caller: {@code (1 + #{permuted >= observed}) / (1 + permutations)}, exact at any size. Cost is quadratic
 * in the sizes: {@value #LIMIT} vectors in all are the most. Assumes independent vectors.
 *
 * <p>Not for a daily alarm: a week's look, on request; what moved it cannot tell.
 *
 * @param value unbiased MMD²
 * @param pValue by permutation, above 0, at most 1
 */
public record MeanDiscrepancy(double value, double pValue) {

    /** Vectors of both samples together at most. */
    public static final int LIMIT = 2000;

    /** Unbiased MMD² alone, with {@code variance} = σ² above 0. */
    public static double unbiased(double[][] x, double[][] y, double variance) {
        double[][] pooled = pool(x, y);
        Require.positive("variance", variance);
        return statistic(kernel(pooled, variance), identity(pooled.length), x.length);
    }

    /**
     * The test with the median heuristic: σ² is half the median of the squared distances in the pooled sample.
     *
     * @param permutations 500 is usual; 1 or more
     * @param seed         same seed, same result; take it from the job's id
     */
    public static MeanDiscrepancy test(double[][] x, double[][] y, int permutations, long seed) {
        Require.atLeast(1, "permutations", permutations);
        double[][] pooled = pool(x, y);
        double[][] kernel = kernel(pooled, medianVariance(pooled));
        int[] order = identity(pooled.length);
        double observed = statistic(kernel, order, x.length);
        UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
        int reached = 0;
        for (int round = 0; round < permutations; round++) {
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swapped = order[i];
                order[i] = order[j];
                order[j] = swapped;
            }
            reached += statistic(kernel, order, x.length) >= observed - 1e-12 ? 1 : 0;
        }
        return new MeanDiscrepancy(observed, (1.0 + reached) / (1.0 + permutations));
    }

    private static double[][] pool(double[][] x, double[][] y) {
        Require.atLeast(2, "size of a sample", Math.min(x.length, y.length));
        if (x.length + y.length > LIMIT) {
            throw new IllegalArgumentException("vectors must be at most %d: %d".formatted(LIMIT, x.length + y.length));
        }
        double[][] pooled = new double[x.length + y.length][];
        System.arraycopy(x, 0, pooled, 0, x.length);
        System.arraycopy(y, 0, pooled, x.length, y.length);
        for (double[] vector : pooled) {
            Require.sameLength("first vector", pooled[0].length, "vector", vector.length);
            for (double component : vector) {
                Require.finite("component", component);
            }
        }
        return pooled;
    }

    private static double[][] kernel(double[][] pooled, double variance) {
        double[][] kernel = new double[pooled.length][pooled.length];
        for (int i = 0; i < pooled.length; i++) {
            for (int j = 0; j < i; j++) {
                kernel[i][j] = Math.exp(-squaredDistance(pooled[i], pooled[j]) / (2 * variance));
                kernel[j][i] = kernel[i][j];
            }
        }
        return kernel;
    }

    private static double medianVariance(double[][] pooled) {
        double[] distances = new double[pooled.length * (pooled.length - 1) / 2];
        int next = 0;
        for (int i = 0; i < pooled.length; i++) {
            for (int j = 0; j < i; j++) {
                distances[next++] = squaredDistance(pooled[i], pooled[j]);
            }
        }
        Arrays.sort(distances);
        double median = distances[distances.length / 2];
        return median > 0 ? median / 2 : 1; // more than half of the vectors are equal: any scale will do
    }

    private static double statistic(double[][] kernel, int[] order, int m) {
        int n = order.length - m;
        double within = 0;
        double withinOther = 0;
        double across = 0;
        for (int i = 0; i < order.length; i++) {
            double[] row = kernel[order[i]];
            for (int j = 0; j < i; j++) {
                if (i < m) {
                    within += row[order[j]];
                } else if (j < m) {
                    across += row[order[j]];
                } else {
                    withinOther += row[order[j]];
                }
            }
        }
        return 2 * within / ((double) m * (m - 1))
                + 2 * withinOther / ((double) n * (n - 1))
                - 2 * across / ((double) m * n);
    }

    private static double squaredDistance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return sum;
    }

    private static int[] identity(int length) {
        int[] order = new int[length];
        Arrays.setAll(order, i -> i);
        return order;
    }
}
