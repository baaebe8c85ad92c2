package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Require;

/**
 * Half-normal mixture against sums that grow too large; for sub-Gaussian sums.
 *
 * <pre>ln M = ½ ln(4ρ/(v+ρ)) + s²/(2(v+ρ)) + ln Φ(s/√(v+ρ))</pre>
 *
 * <p>Howard et al. 2021, proposition 6.
 *
 * @param rho tuning, above 0
 */
public record OneSidedNormalMixture(double rho) implements Mixture {

    public OneSidedNormalMixture {
        Require.positive("rho", rho);
    }

    /** The mixture that is tightest at {@code vOpt} for error {@code alphaOpt}, which is below 0.5. */
    public static OneSidedNormalMixture tunedFor(double vOpt, double alphaOpt) {
        return new OneSidedNormalMixture(Mixtures.oneSidedRho(vOpt, alphaOpt));
    }

    @Override
    public double logValue(double s, double v) {
        return 0.5 * Math.log(4 * rho / (v + rho)) + s * s / (2 * (v + rho)) + LogTails.normal(s / Math.sqrt(v + rho));
    }

    @Override
    public double bound(double v, double alpha) {
        return Mixtures.invert(this, v, alpha, Double.POSITIVE_INFINITY);
    }
}
