package io.pentameter.statistics.monitoring.sequence;

/** Riemann's zeta function for real arguments above 1. */
final class Zeta {

    private static final int DIRECT = 20;
    /** B(2k)/(2k)! for k = 1 to 6. */
    private static final double[] BERNOULLI = {
        1.0 / 12, -1.0 / 720, 1.0 / 30_240, -1.0 / 1_209_600, 1.0 / 47_900_160, -691.0 / 1_307_674_368_000.0
    };

    private Zeta() {}

    /** ζ(s) by the Euler–Maclaurin formula, to the last digits. */
    static double value(double s) {
        double n = DIRECT;
        double sum = Math.pow(n, 1 - s) / (s - 1) + Math.pow(n, -s) / 2;
        for (int i = DIRECT - 1; i >= 1; i--) {
            sum += Math.pow(i, -s);
        }
        double rising = s;
        for (int k = 0; k < BERNOULLI.length; k++) {
            sum += BERNOULLI[k] * rising * Math.pow(n, -s - 2 * k - 1);
            rising *= (s + 2 * k + 1) * (s + 2 * k + 2);
        }
        return sum;
    }
}
