package io.pentameter.statistics.monitoring.sequence;

/**
 * A boundary that a centred sum crosses, ever, with probability {@code alpha} at most.
 *
 * <p>A mixture of exponential supermartingales over the free parameter: its value at sum {@code s} and intrinsic time
 * {@code v} (accumulated variance) has mean 1 or less while the null holds; by Ville's inequality it exceeds {@code
 * 1/alpha} with probability {@code alpha} at most over all of time. Source: Howard, Ramdas, McAuliffe, Sekhon,
 * "Time-uniform, nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49 (2021), sections 3.2 to
 * 3.4; numbers agree with the authors' reference code.
 *
 * <p>All are tuned to be tightest at one intrinsic time, and hold at every other.
 *
 * <p>For looking at all times. Not for a closed period: an interval for one planned look is a third narrower.
 */
public sealed interface Mixture
        permits TwoSidedNormalMixture,
                OneSidedNormalMixture,
                GammaExponentialMixture,
                GammaPoissonMixture,
                BetaBinomialMixture {

    /**
     * Logarithm of the mixture's value, the evidence against the null in nats.
     *
     * @param s centred sum {@code Σ(X - mean)}
     * @param v intrinsic time, 0 or more
     */
    double logValue(double s, double v);

    /**
     * Largest sum {@code s >= 0} that does not yet contradict the null.
     *
     * @param v intrinsic time, above 0
     * @param alpha probability of ever crossing, between 0 and 1
     */
    double bound(double v, double alpha);
}
