package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Require;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Gamma mixture for sub-Poisson sums, such as those of steps that are bounded above.
 *
 * <p>Howard et al. 2021, proposition 10 of the appendix.
 */
public final class GammaPoissonMixture implements Mixture {

    private final double rho;
    private final double c;
    private final double leading;

    private GammaPoissonMixture(double rho, double c) {
        this.rho = rho;
        this.c = c;
        double shape = rho / (c * c);
        leading = shape * Math.log(shape) - LogGamma.value(shape) - LogTails.gammaQ(shape, shape);
    }

    /**
     * The mixture that is tightest at intrinsic time {@code vOpt} for error {@code alphaOpt}.
     *
     * @param vOpt     above 0
     * @param c        largest step, above 0
     * @param alphaOpt between 0 and 0.5
     */
    public static GammaPoissonMixture tunedFor(double vOpt, double c, double alphaOpt) {
        return new GammaPoissonMixture(Mixtures.oneSidedRho(vOpt, alphaOpt), Require.positive("c", c));
    }

    @Override
    public double logValue(double s, double v) {
        double square = c * c;
        double rate = (v + rho) / square;
        double shape = s / c + rate;
        if (shape <= 0) {
            return Double.NEGATIVE_INFINITY; // no such sum: it lies below -v/c - ρ/c
        }
        return leading + LogGamma.value(shape) + LogTails.gammaQ(shape, rate) - shape * Math.log(rate) + v / square;
    }

    @Override
    public double bound(double v, double alpha) {
        return Mixtures.invert(this, v, alpha, Double.POSITIVE_INFINITY);
    }
}
