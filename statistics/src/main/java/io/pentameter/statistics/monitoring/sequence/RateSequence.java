package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import java.util.List;
import org.apache.commons.numbers.gamma.LogBeta;

/**
 * The default for tiles that show a rate: an interval that holds at all times, from two counts alone.
 *
 * <p>The beta-binomial mixture of Howard et al. 2021 (proposition 7), inverted for the rate. After {@code k} successes
 * in {@code n} trials it is the set of all rates {@code p} with {@code M(p) <= 1/alpha}, where
 *
 * <pre>
 * ln M(p) = ln B(cp + k, c(1-p) + n-k) - ln B(cp, c(1-p)) - k ln p - (n-k) ln(1-p)
 * c       = max(t_opt / (2 ln(1/α_opt) + ln(1 + 2 ln(1/α_opt))) - 1,  0.001)
 * </pre>
 *
 * <p>Holds for independent or merely mean-stationary 0/1 outcomes ({@code E[X_t | past] = p}), and, though wider than
 * need be, for the sum of scores in 0..1. Depends on the two counts only: not on order, sharding or merging. At a
 * fixed, planned moment a Wilson interval is some 30 % narrower; use that one for closed periods.
 *
 * @param confidence probability that the rate lies in the interval at every moment
 * @param tOpt number of trials at which the interval is tightest, above 0; 100 to 1000 suit a day's tile
 * @param alphaOpt error that the tuning aims at, between 0 and 1; usually that of {@code confidence}
 */
public record RateSequence(Confidence confidence, double tOpt, double alphaOpt) {

    private static final String METHOD = "beta-binomial-sequence";
    private static final double LEAST = 1e-3;

    public RateSequence {
        Require.positive("tOpt", tOpt);
        Require.betweenZeroAndOne("alphaOpt", alphaOpt);
    }

    /** 95 %, tightest at {@code tOpt} trials. */
    public static RateSequence tightestAt(double tOpt) {
        return new RateSequence(Confidence.NINETY_FIVE, tOpt, 0.05);
    }

    /**
     * Rate and interval after {@code trials} outcomes.
     *
     * @param successes 0 to {@code trials}; a sum of scores need not be whole
     * @param trials    0 or more; 0 gives an unknown rate in 0..1
     */
    public Estimate of(double successes, long trials) {
        Require.atLeast(0, "trials", trials);
        if (!(successes >= 0 && successes <= trials)) {
            throw new IllegalArgumentException("successes must be in 0..%d: %s".formatted(trials, successes));
        }
        if (trials == 0) {
            return Estimate.unknown(Interval.UNIT, confidence, METHOD);
        }
        double rate = successes / trials;
        double low = successes == 0 ? 0 : Bisection.root(p -> excess(p, successes, trials), 0, rate);
        double high = successes == trials ? 1 : Bisection.root(p -> excess(p, successes, trials), rate, 1);
        return new Estimate(
                rate,
                Math.sqrt(rate * (1 - rate) / trials),
                new Interval(low, high),
                confidence,
                METHOD,
                SampleSize.simple(trials),
                List.of());
    }

    /** Evidence beyond what the error allows; the rates 0 and 1 are excluded by any outcome that contradicts them. */
    private double excess(double p, double successes, long trials) {
        if (p <= 0) {
            return successes > 0 ? 1 : -1;
        }
        if (p >= 1) {
            return successes < trials ? 1 : -1;
        }
        return logEvidence(p, successes, trials) + Math.log(confidence.alpha());
    }

    /**
     * Evidence in nats that the true rate is not {@code p}; {@code min(1, exp(-evidence))} is a p-value valid at all
     * times.
     *
     * @param p between 0 and 1, ends excluded
     */
    public double logEvidence(double p, double successes, long trials) {
        Require.betweenZeroAndOne("p", p);
        double weight = Math.max(Mixtures.twoSidedRho(tOpt, alphaOpt) - 1, LEAST);
        double failures = trials - successes;
        return LogBeta.value(weight * p + successes, weight * (1 - p) + failures)
                - LogBeta.value(weight * p, weight * (1 - p))
                - successes * Math.log(p)
                - failures * Math.log1p(-p);
    }
}
