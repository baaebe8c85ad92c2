package io.pentameter.statistics.drift;

import io.pentameter.statistics.interval.Require;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The population stability index that the trade is used to, with the value that pure noise gives it. Shown, never
 * alarmed on.
 *
 * <pre>
 * PSI = Σ (q_k - p_k) ln(q_k/p_k)          shares after adding ½ to each count
 * without drift: mean (K-1)(1/n+1/m),  95 % quantile χ²_{K-1,.95} (1/n+1/m)
 * </pre>
 *
 * <p>Noise after Yurdakul, "Statistical properties of population stability index" (2018). The customary line of 0.1 is
 * crossed on 32 % of days without any drift at 100 requests and 10 categories: that is why it does not alarm.
 *
 * @param value PSI, 0 or more
 * @param noiseMean its mean without drift
 * @param noise95 value that it exceeds with 5 % without drift
 */
public record PopulationStability(double value, double noiseMean, double noise95) {

    private static final double SMOOTHING = 0.5;

    /** Of counts per category, which both sides must have; categories with no count on either side are left out. */
    public static PopulationStability of(double[] reference, double[] current) {
        Counts.requirePair(reference, current);
        double m = Counts.total("reference", reference);
        double n = Counts.total("current", current);
        int categories = 0;
        for (int k = 0; k < reference.length; k++) {
            categories += reference[k] + current[k] > 0 ? 1 : 0;
        }
        double value = 0;
        for (int k = 0; k < reference.length; k++) {
            if (reference[k] + current[k] > 0) {
                double p = (reference[k] + SMOOTHING) / (m + SMOOTHING * categories);
                double q = (current[k] + SMOOTHING) / (n + SMOOTHING * categories);
                value += (q - p) * Math.log(q / p);
            }
        }
        return new PopulationStability(value, noiseMean(categories, n, m), noise95(categories, n, m));
    }

    /** Mean without drift; {@code categories} 1 or more, sizes above 0. */
    public static double noiseMean(int categories, double n, double m) {
        Require.atLeast(1, "categories", categories);
        return (categories - 1) * (1 / Require.positive("n", n) + 1 / Require.positive("m", m));
    }

    /** 95 % quantile without drift; {@code categories} 1 or more, sizes above 0. */
    public static double noise95(int categories, double n, double m) {
        Require.atLeast(1, "categories", categories);
        double scale = 1 / Require.positive("n", n) + 1 / Require.positive("m", m);
        return categories == 1
                ? 0
                : ChiSquaredDistribution.of(categories - 1.0).inverseSurvivalProbability(0.05) * scale;
    }
}
