package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import java.util.ArrayList;
import java.util.List;

/**
 * An interval for the running mean of batch estimates, such as weekly debiased pass rates, that holds at all times if
 * the batches are large.
 *
 * <p>Robbins' normal mixture with estimated variances: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, "Time-uniform
 * central limit theory and asymptotic confidence sequences", Annals of Statistics 52 (2024), theorem 2.2 and
 * proposition B.1, in the batch form of prediction-powered risk monitoring (Zhang et al. 2602.02229). With {@code k}
 * batches, their mean {@code x̄} and {@code V = Σ se²}:
 *
 * <pre>
 * ρ²        = (-2 ln a + ln(1 - 2 ln a)) / V_tight
 * one-sided : x̄ ∓ √( 2 (Vρ²+1)/(k²ρ²) · ln(1 + √(Vρ²+1)/(2α)) )        a = 2α
 * two-sided : x̄ ± √( 2 (Vρ²+1)/(k²ρ²) · ln(√(Vρ²+1)/α) )                a = α
 * </pre>
 *
 * <p>Not valid for small batches: each needs 50 labels or more. It bounds the <i>mean since the start</i>, so it
 * answers late after a long quiet time; to detect a change, use a detector. Batches must be given in order of time only
 * because {@code ρ} is fixed by the first {@code tightest} of them; their sum is what counts after that.
 */
public final class AsymptoticSequence {

    private static final String METHOD = "asymptotic-sequence";

    private final Confidence confidence;
    private final int tightest;
    private final List<Double> variances = new ArrayList<>();
    private double sum;
    private double variance;

    /**
     * A sequence without batches.
     *
     * @param confidence of one bound, or of both together
     * @param tightest number of the batch at which the bound is tightest, 1 or more; until then ρ is guessed from the
     *     batches there are
     */
    public AsymptoticSequence(Confidence confidence, int tightest) {
        this.confidence = confidence;
        this.tightest = Require.atLeast(1, "tightest", tightest);
    }

    /** Takes in the estimate of one batch with its standard error, which is above 0. */
    public void add(double estimate, double standardError) {
        Require.finite("estimate", estimate);
        Require.positive("standardError", standardError);
        sum += estimate;
        variance += standardError * standardError;
        variances.add(standardError * standardError);
    }

    /** Running mean with its lower bound; the interval has no upper end. */
    public Estimate lower() {
        return variances.isEmpty() ? unknown() : estimate(new Interval(mean() - oneSided(), Double.POSITIVE_INFINITY));
    }

    /** Running mean with its upper bound; the interval has no lower end. */
    public Estimate upper() {
        return variances.isEmpty() ? unknown() : estimate(new Interval(Double.NEGATIVE_INFINITY, mean() + oneSided()));
    }

    /** Running mean with both bounds. */
    public Estimate twoSided() {
        if (variances.isEmpty()) {
            return unknown();
        }
        double rho = rhoSquared(confidence.alpha());
        double grown = variance * rho + 1;
        double nats = Math.log(Math.sqrt(grown) / confidence.alpha());
        double half = Math.sqrt(2 * grown / rho * nats) / variances.size();
        return estimate(new Interval(mean() - half, mean() + half));
    }

    private double oneSided() {
        double doubled = 2 * confidence.alpha();
        double rho = rhoSquared(doubled);
        double grown = variance * rho + 1;
        double nats = Math.log1p(Math.sqrt(grown) / doubled);
        return Math.sqrt(2 * grown / rho * nats) / variances.size();
    }

    private double rhoSquared(double a) {
        double nats = -Math.log(Math.min(a, 0.999)); // an error above one half asks for nothing
        double until = variances.stream()
                .limit(tightest)
                .mapToDouble(Double::doubleValue)
                .sum();
        double scale = variances.size() < tightest ? (double) tightest / variances.size() : 1;
        return (2 * nats + Math.log1p(2 * nats)) / (until * scale);
    }

    private double mean() {
        return sum / variances.size();
    }

    private Estimate estimate(Interval interval) {
        Estimate estimate = new Estimate(
                mean(),
                Math.sqrt(variance) / variances.size(),
                interval,
                confidence,
                METHOD,
                SampleSize.simple(variances.size()),
                List.of());
        return variances.size() < tightest
                ? estimate.with(new Warning(
                        "tuning-guessed", "Fewer batches than the bound is tuned for; its tuning is a guess."))
                : estimate;
    }

    private Estimate unknown() {
        return Estimate.unknown(Interval.EVERYTHING, confidence, METHOD);
    }
}
