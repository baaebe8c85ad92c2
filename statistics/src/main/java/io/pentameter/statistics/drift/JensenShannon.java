package io.pentameter.statistics.drift;

import io.pentameter.statistics.interval.Require;

/**
 * Jensen–Shannon divergence of two mixes: how different they are, in a number that is bounded and symmetric.
 *
 * <pre>JSD = ½ Σ [ p ln(2p/(p+q)) + q ln(2q/(p+q)) ]       distance = √(JSD / ln 2) in 0..1</pre>
 *
 * <p>Lin, IEEE Transactions on Information Theory 37 (1991); the distance is a metric (Endres and Schindelin 2003).
 * Estimated from counts it is never 0: without any drift its mean is about {@link #noiseFloor}. Show the floor beside
 * it.
 */
public final class JensenShannon {

    private JensenShannon() {}

    /** Divergence in nats, 0 to ln 2; both sides need counts, a category may be absent from either. */
    public static double divergence(double[] reference, double[] current) {
        Counts.requirePair(reference, current);
        double m = Counts.total("reference", reference);
        double n = Counts.total("current", current);
        double sum = 0;
        for (int k = 0; k < reference.length; k++) {
            sum += surprise(reference[k] / m, current[k] / n);
        }
        return Math.clamp(sum, 0.0, Math.log(2));
    }

    /** One category's part of the divergence, in nats, 0 or more, for its shares on both sides. */
    public static double surprise(double p, double q) {
        Require.notNegative("p", p);
        Require.notNegative("q", q);
        double sum = p + q;
        return 0.5 * ((p > 0 ? p * Math.log(2 * p / sum) : 0) + (q > 0 ? q * Math.log(2 * q / sum) : 0));
    }

    /** Distance with logarithms to base 2: 0 equal, 1 disjoint. */
    public static double distance(double[] reference, double[] current) {
        return Math.sqrt(divergence(reference, current) / Math.log(2));
    }

    /**
     * Mean divergence in nats between two samples of one and the same mix, {@code (K-1)/8 (1/n + 1/m)}.
     *
     * @param categories K, 1 or more
     * @param n          size of one sample, above 0
     * @param m          size of the other, above 0
     */
    public static double noiseFloor(int categories, double n, double m) {
        return PopulationStability.noiseMean(categories, n, m) / 8;
    }
}
