package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Require;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Gamma mixture for sub-exponential sums, such as those of bounded scores with an empirical variance.
 *
 * <p>Howard et al. 2021, proposition 9 (equation 66 of the appendix). With {@code v} the sum of squared deviations from
 * a predictable mean and {@code c = 1} it is the conjugate-mixture empirical Bernstein bound for scores in 0..1.
 */
public final class GammaExponentialMixture implements Mixture {

    private final double rho;
    private final double c;
    private final double leading;

    private GammaExponentialMixture(double rho, double c) {
        this.rho = rho;
        this.c = c;
        double shape = rho / (c * c);
        leading = shape * Math.log(shape) - LogGamma.value(shape) - LogTails.gammaP(shape, shape);
    }

    /**
     * The mixture that is tightest at intrinsic time {@code vOpt} for error {@code alphaOpt}.
     *
     * @param vOpt     above 0
     * @param c        scale of the exponential tail, above 0
     * @param alphaOpt between 0 and 0.5
     */
    public static GammaExponentialMixture tunedFor(double vOpt, double c, double alphaOpt) {
        return new GammaExponentialMixture(Mixtures.oneSidedRho(vOpt, alphaOpt), Require.positive("c", c));
    }

    @Override
    public double logValue(double s, double v) {
        double square = c * c;
        double mass = (c * s + v) / square;
        double shape = (v + rho) / square;
        double point = mass + rho / square;
        if (point <= 0) {
            return Double.NEGATIVE_INFINITY; // no such sum: it lies below -v/c - ρ/c
        }
        return leading + LogGamma.value(shape) + LogTails.gammaP(shape, point) - shape * Math.log(point) + mass;
    }

    @Override
    public double bound(double v, double alpha) {
        return Mixtures.invert(this, v, alpha, Double.POSITIVE_INFINITY);
    }
}
