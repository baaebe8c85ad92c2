package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Require;

/**
 * Closed-form boundary of the law of the iterated logarithm, stitched from linear pieces over geometric epochs.
 *
 * <pre>
 * ℓ = s ln ln(η v/m) + ln(ζ(s)/ln^s η) + ln(1/α)      with v raised to m if it is below
 * bound = √(k1² v ℓ + (k2 c ℓ)²) + k2 c ℓ             k1 = (η^¼+η^-¼)/√2, k2 = (√η+1)/2
 * </pre>
 *
 * <p>Howard et al. 2021, theorem 1 and equation 10. Tighter than {@link TwoSidedNormalMixture} only over very long
 * times; take a mixture for dashboards.
 *
 * @param vMin intrinsic time from which on it is tight, above 0
 * @param c    scale of the sub-gamma tail, any sign; 0 for sub-Gaussian sums
 * @param s    exponent of the epochs' share of the error, above 1; 1.4 is usual
 * @param eta  ratio of successive epochs, above 1; 2 is usual
 */
public record StitchedBound(double vMin, double c, double s, double eta) {

    public StitchedBound {
        Require.positive("vMin", vMin);
        Require.finite("c", c);
        requireAboveOne("s", s);
        requireAboveOne("eta", eta);
    }

    /** The bound with the usual epochs, {@code s = 1.4} and {@code eta = 2}. */
    public static StitchedBound of(double vMin, double c) {
        return new StitchedBound(vMin, c, 1.4, 2);
    }

    /**
     * Bound on the centred sum at intrinsic time {@code v}.
     *
     * @param v     0 or more
     * @param alpha probability of ever crossing, between 0 and 1
     */
    public double bound(double v, double alpha) {
        Require.notNegative("v", v);
        Require.betweenZeroAndOne("alpha", alpha);
        double time = Math.max(v, vMin);
        double nats = s * Math.log(Math.log(eta * time / vMin))
                + Math.log(Zeta.value(s) / Math.pow(Math.log(eta), s))
                - Math.log(alpha);
        double tail = c * nats * (Math.sqrt(eta) + 1) / 2;
        double k1 = (Math.pow(eta, 0.25) + Math.pow(eta, -0.25)) / Math.sqrt(2);
        return Math.sqrt(k1 * k1 * time * nats + tail * tail) + tail;
    }

    static void requireAboveOne(String name, double value) {
        if (!(value > 1 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s must be above 1 and finite: %s".formatted(name, value));
        }
    }
}
