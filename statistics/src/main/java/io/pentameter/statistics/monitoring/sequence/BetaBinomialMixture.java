package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Require;

/**
 * Beta mixture for sub-Bernoulli sums: steps that lie {@code g} below to {@code h} above their mean.
 *
 * <p>Howard et al. 2021, propositions 7 (two-sided) and 8 (one-sided). Never above {@code v/g}, the largest sum there
 * can be. For a rate in 0..1 take {@link RateSequence}, which inverts it.
 */
public final class BetaBinomialMixture implements Mixture {

    /** Least r, as a share of gh, that keeps the mixture proper when it is tuned for very short times. */
    private static final double LEAST = 1e-3;

    private final double r;
    private final double g;
    private final double h;
    /** Where the prior is cut: 1 two-sided, h/(g+h) one-sided. */
    private final double cut;

    private final double normaliser;

    private BetaBinomialMixture(double r, double g, double h, boolean oneSided) {
        this.r = r;
        this.g = g;
        this.h = h;
        cut = oneSided ? h / (g + h) : 1;
        normaliser = LogTails.incompleteBeta(r / (g * (g + h)), r / (h * (g + h)), cut);
    }

    /**
     * The mixture against sums that stray to either side.
     *
     * @param vOpt     intrinsic time at which it is tightest, above 0
     * @param g        how far a step may lie below its mean, above 0
     * @param h        how far above, above 0
     * @param alphaOpt error that it is tuned for, between 0 and 1
     */
    public static BetaBinomialMixture twoSided(double vOpt, double g, double h, double alphaOpt) {
        return tuned(Mixtures.twoSidedRho(vOpt, alphaOpt), g, h, false);
    }

    /** The mixture against sums that grow too large; {@code alphaOpt} is below 0.5. */
    public static BetaBinomialMixture oneSided(double vOpt, double g, double h, double alphaOpt) {
        return tuned(Mixtures.oneSidedRho(vOpt, alphaOpt), g, h, true);
    }

    private static BetaBinomialMixture tuned(double rho, double g, double h, boolean oneSided) {
        double product = Require.positive("g", g) * Require.positive("h", h);
        return new BetaBinomialMixture(Math.max(rho - product, LEAST * product), g, h, oneSided);
    }

    @Override
    public double logValue(double s, double v) {
        double below = (v - g * s) / (g * (g + h));
        double above = (v + h * s) / (h * (g + h));
        if (below < 0 && below > -1e-9 * v) {
            below = 0; // s = v/g, but for rounding
        }
        if (below < 0 || above < 0) {
            throw new IllegalArgumentException("s must be in %s..%s: %s".formatted(-v / h, v / g, s));
        }
        return v / (g * h) * Math.log(g + h)
                - above * Math.log(g)
                - below * Math.log(h)
                + LogTails.incompleteBeta(r / (g * (g + h)) + below, r / (h * (g + h)) + above, cut)
                - normaliser;
    }

    @Override
    public double bound(double v, double alpha) {
        return Mixtures.invert(this, v, alpha, v / g);
    }
}
