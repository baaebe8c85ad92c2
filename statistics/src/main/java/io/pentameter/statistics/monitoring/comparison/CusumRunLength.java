package io.pentameter.statistics.monitoring.comparison;

import io.pentameter.statistics.interval.Require;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Mean number of normal observations until a {@link Cusum} alarms.
 *
 * <pre>L(u) = 1 + L(0) Φ(k - u - μ) + ∫₀ʰ L(y) φ(y + k - u - μ) dy       1/L_both = 1/L_up + 1/L_down</pre>
 *
 * <p>Page's integral equation, solved at Gauss–Legendre nodes; two sides combined after van Dobben de Bruyn (1968),
 * exact for {@code k > 0}. Reproduces Montgomery's tables 9.3 and 9.4 to all printed digits.
 */
public final class CusumRunLength {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private CusumRunLength() {}

    /**
     * Mean run length of the two-sided chart, started at 0.
     *
     * @param reference k, above 0
     * @param limit     h, above 0, at most 20
     * @param shift     true mean less in-control mean, in deviations
     */
    public static double twoSided(double reference, double limit, double shift) {
        return 1 / (1 / oneSided(reference, limit, shift) + 1 / oneSided(reference, limit, -shift));
    }

    /** Mean run length of the chart that looks for a rise only. */
    public static double oneSided(double reference, double limit, double shift) {
        Require.positive("reference", reference);
        Require.finite("shift", shift);
        if (!(limit > 0 && limit <= 20)) {
            throw new IllegalArgumentException("limit must be above 0 and at most 20: " + limit);
        }
        Legendre rule = Legendre.of(Math.max(24, (int) (limit * 10)));
        int n = rule.nodes().length + 1; // the last unknown is L(0)
        double[][] system = new double[n][n + 1];
        for (int row = 0; row < n; row++) {
            double u = row < n - 1 ? limit * rule.nodes()[row] : 0;
            double start = reference - u - shift;
            for (int column = 0; column < n - 1; column++) {
                double y = limit * rule.nodes()[column];
                system[row][column] = -limit * rule.weights()[column] * NORMAL.density(y + start);
            }
            system[row][n - 1] = -NORMAL.cumulativeProbability(start);
            system[row][row] += 1;
            system[row][n] = 1;
        }
        return LinearSystem.solve(system)[n - 1];
    }
}
