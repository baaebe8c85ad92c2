package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Require;

/**
 * Robbins' normal mixture against sums that stray to either side; for sub-Gaussian sums.
 *
 * <pre>ln M = ½ ln(ρ/(v+ρ)) + s²/(2(v+ρ))      bound = √( (v+ρ) (ln(1+v/ρ) + 2 ln(1/α)) )</pre>
 *
 * <p>Howard et al. 2021, equation 14. The bound is on {@code |s|}.
 *
 * @param rho tuning, above 0
 */
public record TwoSidedNormalMixture(double rho) implements Mixture {

    public TwoSidedNormalMixture {
        Require.positive("rho", rho);
    }

    /** The mixture that is tightest at intrinsic time {@code vOpt} for error {@code alphaOpt}. */
    public static TwoSidedNormalMixture tunedFor(double vOpt, double alphaOpt) {
        return new TwoSidedNormalMixture(Mixtures.twoSidedRho(vOpt, alphaOpt));
    }

    @Override
    public double logValue(double s, double v) {
        return 0.5 * Math.log(rho / (v + rho)) + s * s / (2 * (v + rho));
    }

    @Override
    public double bound(double v, double alpha) {
        Require.positive("v", v);
        return Math.sqrt((v + rho) * (Math.log1p(v / rho) - 2 * Math.log(Require.betweenZeroAndOne("alpha", alpha))));
    }
}
