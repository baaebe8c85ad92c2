package io.pentameter.statistics.interval;

/**
 * Size of the simple random sample that would be as precise as a weighted or clustered one.
 *
 * <p>Kish: {@code (Σw)²/Σw²} (L. Kish, Survey Sampling, 1965, §11.7). Design-effective: {@code p(1-p)/V}, the size at which the
 * simple variance of a rate equals the variance {@code V} that was really estimated; capped at the population, floored at half
 * the sample, because {@code V} itself is noisy. Where everything observed is equal, {@code V} is 0 and says nothing: Kish's size is
 * used then. Put either into {@link Wilson}.
 *
 * <p>Not for quantiles ({@link Woodruff}), and not below a handful of clusters, where {@code V} itself is a guess.
 */
public final class EffectiveSize {

    private EffectiveSize() {}

    /**
     * Kish's effective size; 0 if there is no weight above 0.
     *
     * @param weights each 0 or more and finite; scale does not matter
     */
    public static double kish(double... weights) {
        double largest = 0;
        for (double weight : weights) {
            largest = Math.max(largest, Require.notNegative("weight", weight));
        }
        if (largest == 0) {
            return 0;
        }
        double sum = 0;
        double squares = 0;
        for (double weight : weights) {
            double scaled = weight / largest; // neither square nor sum can overflow
            sum += scaled;
            squares += scaled * scaled;
        }
        return sum * sum / squares;
    }

    /**
     * Effective size behind a rate whose variance was estimated.
     *
     * @param rate       0 to 1
     * @param variance   estimated variance of the rate, 0 or more
     * @param n          observations, 1 or more
     * @param population requests that the rate speaks for, {@code n} or more
     * @param kish       what to use if the rate is 0 or 1, or the variance 0, where {@code variance} says nothing
     */
    public static double ofRate(double rate, double variance, long n, double population, double kish) {
        Require.share("rate", rate);
        Require.notNegative("variance", variance);
        Require.atLeast(1, "n", n);
        Require.notNegative("kish", kish);
        if (!(population >= n)) {
            throw new IllegalArgumentException("population must be n=%d or more: %s".formatted(n, population));
        }
        if (rate == 0 || rate == 1 || variance == 0) {
            return Math.min(kish, population);
        }
        return Math.min(population, Math.max(n / 2.0, rate * (1 - rate) / variance));
    }

    /**
     * Size after dividing by the design effect of clusters, {@code 1 + (m - 1) icc}.
     *
     * @param n                observations, 0 or more
     * @param meanClusterSize  observations per cluster, 1 or more
     * @param intraCorrelation correlation of two observations of one cluster, 0 to 1
     */
    public static double clustered(double n, double meanClusterSize, double intraCorrelation) {
        Require.notNegative("n", n);
        Require.share("intraCorrelation", intraCorrelation);
        if (!(meanClusterSize >= 1 && meanClusterSize < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("meanClusterSize must be 1 or more: " + meanClusterSize);
        }
        return n / (1 + (meanClusterSize - 1) * intraCorrelation);
    }
}
