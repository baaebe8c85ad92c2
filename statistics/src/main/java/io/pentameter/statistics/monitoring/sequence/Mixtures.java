package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Require;

/** What the mixtures share: their tuning, and the inversion of the evidence to a bound. */
final class Mixtures {

    private static final int DOUBLINGS = 1100;

    private Mixtures() {}

    /**
     * ρ that makes the two-sided normal mixture tightest at {@code vOpt} (Howard et al. 2021, equation 29, without
     * Lambert's W).
     */
    static double twoSidedRho(double vOpt, double alphaOpt) {
        Require.positive("vOpt", vOpt);
        Require.betweenZeroAndOne("alphaOpt", alphaOpt);
        double nats = Math.log(1 / alphaOpt);
        return vOpt / (2 * nats + Math.log1p(2 * nats));
    }

    /** The same for the one-sided mixtures. */
    static double oneSidedRho(double vOpt, double alphaOpt) {
        if (!(alphaOpt > 0 && alphaOpt < 0.5)) {
            throw new IllegalArgumentException("alphaOpt must be between 0.0 and 0.5, ends excluded: " + alphaOpt);
        }
        return twoSidedRho(vOpt, 2 * alphaOpt);
    }

    /** Root in {@code s} of {@code logValue = ln(1/alpha)}; {@code limit} is the largest possible sum, or infinity. */
    static double invert(Mixture mixture, double v, double alpha, double limit) {
        Require.positive("v", v);
        double threshold = -Math.log(Require.betweenZeroAndOne("alpha", alpha));
        double high = limit;
        if (Double.isInfinite(high)) {
            high = v;
            for (int i = 0; i < DOUBLINGS && !(mixture.logValue(high, v) > threshold); i++) {
                high *= 2;
            }
        }
        if (mixture.logValue(high, v) < threshold) {
            return high;
        }
        return Bisection.root(s -> mixture.logValue(s, v) - threshold, 0, high);
    }
}
