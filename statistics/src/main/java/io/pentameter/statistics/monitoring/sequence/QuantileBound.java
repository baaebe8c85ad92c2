package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Require;

/**
 * How far the count below a quantile may stray from its mean, for all quantiles and at all times at once.
 *
 * <p>The double stitching bound of Howard and Ramdas, "Sequential estimation of quantiles with applications to A/B
 * testing and best-arm identification", Bernoulli 28 (2022), theorem 4 (equations 31 to 33). With probability {@code 1
 * - alpha}, for every {@code p} and every {@code t}: the number of the first {@code t} values that lie at or below the
 * p-quantile differs from {@code p t} by {@code bound(p, t, alpha)} at most (above; for below use {@code 1 - p}).
 *
 * @param tOpt number of values from which on it is tight, 1 or more
 * @param delta fineness of the grid of quantiles, above 0; 0.5 is usual
 * @param s exponent of the epochs' share of the error, above 1; 1.4 is usual
 * @param eta ratio of successive epochs, above 1; 2 is usual
 */
public record QuantileBound(double tOpt, double delta, double s, double eta) {

    public QuantileBound {
        if (!(tOpt >= 1 && tOpt < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("tOpt must be 1 or more: " + tOpt);
        }
        Require.positive("delta", delta);
        StitchedBound.requireAboveOne("s", s);
        StitchedBound.requireAboveOne("eta", eta);
    }

    /** The bound with the usual constants. */
    public static QuantileBound of(double tOpt) {
        return new QuantileBound(tOpt, 0.5, 1.4, 2);
    }

    /**
     * Bound on the number of values, not on their share.
     *
     * @param p     which quantile, between 0 and 1
     * @param t     number of values, above 0
     * @param alpha probability that it ever fails for any quantile, between 0 and 1
     */
    public double bound(double p, double t, double alpha) {
        Require.betweenZeroAndOne("p", p);
        Require.positive("t", t);
        Require.betweenZeroAndOne("alpha", alpha);
        double time = Math.max(t, tOpt);
        double logit = Math.log(p / (1 - p));
        double nearest = 1 / (1 + Math.exp(-(logit + 2 * delta * Math.sqrt(tOpt * eta / time))));
        double r = p >= 0.5 ? p : Math.min(0.5, nearest);
        double variance = r * (1 - r);
        double cell = Math.sqrt(time / tOpt) * Math.abs(logit) / (2 * delta) + 1;
        double zeta = Zeta.value(s);
        double nats = s * Math.log(Math.log(eta * time / tOpt))
                + s * Math.log(cell)
                + Math.log(2 * zeta * (2 * zeta + 1) / (alpha * Math.pow(Math.log(eta), s)));
        double tail = (Math.sqrt(eta) + 1) / 2 * (1 - 2 * p) / 3 * nats;
        double k1 = (Math.pow(eta, 0.25) + Math.pow(eta, -0.25)) / Math.sqrt(2);
        return delta * Math.sqrt(eta * time * variance / tOpt)
                + Math.sqrt(k1 * k1 * variance * time * nats + tail * tail)
                + tail;
    }
}
