package io.pentameter.statistics.monitoring.comparison;

import io.pentameter.statistics.monitoring.detector.Bets;

/**
 * The e-CUSUM: {@code M_k ← max(M_k, 1) · factor_k(x)}, mean over the bets.
 *
 * <p>Shin, Ramdas, Rinaldo 2024, recursion 2.7. The same guarantee as the Shiryaev–Roberts form, but needlessly
 * cautious: with threshold 100 its mean time to false alarm exceeds 2900 units. Saturates at the largest double.
 */
public final class ECusum {

    private final double[] levels;

    /** A detector with no evidence, for {@code bets} bets, 1 or more. */
    public ECusum(int bets) {
        levels = new double[bets];
    }

    /** Takes in a unit of score {@code x} in 0..1. */
    public void add(double x, Bets bets) {
        for (int k = 0; k < levels.length; k++) {
            levels[k] = Math.min(Double.MAX_VALUE / levels.length, Math.max(levels[k], 1) * bets.factor(k, x));
        }
    }

    /** Mean of the levels; 0 before the first unit. */
    public double level() {
        double sum = 0;
        for (double level : levels) {
            sum += level;
        }
        return sum / levels.length;
    }
}
