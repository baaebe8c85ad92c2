package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * Prediction-powered risk monitoring: a bound on the running mean of batches that holds at all batches together, asymptotically.
 *
 * <p>Each batch is estimated by PPI with the λ that the batches before it suggest (1 for the first), so that λ is known beforehand.
 * Lower bound with {@code V = Σ s²}, {@code a = 2α}, {@code ρ² = (-2 ln a + ln(1-2 ln a))/V_t}:
 * {@code mean_k - sqrt(2(Vρ²+1)/(k²ρ²) ln(1 + sqrt(Vρ²+1)/a))}. Source: Zhang et al., arXiv 2602.02229, with the asymptotic
 * confidence sequence of I. Waudby-Smith et al., Annals of Statistics 52 (2024).
 *
 * <p>Batches need 50 labels or more. The bound is on the mean since the start: good for a threshold, slow for a change after a long
 * quiet time. {@code V_t} is the variance up to the batch at which the bound shall be tightest, as in the reference code; read at
 * an earlier batch it looks ahead, so fix {@code t} at the number of batches of the first look.
 *
 * <p>Assumes large batches of random labels. Not for small ones, and not to find a change: detectors are for that.
 */
public final class RiskMonitor {

    private RiskMonitor() {}

    /**
     * Estimate of one batch.
     *
     * @param lambda        weight of the judge
     * @param value         corrected mean
     * @param standardError of {@code value}; infinite below two labels
     */
    public record Batch(double lambda, double value, double standardError) {}

    /** Estimates each batch with the λ of those before it. */
    public static List<Batch> estimate(List<PredictedSample> batches) {
        List<Batch> estimates = new ArrayList<>();
        List<PredictedSample> before = new ArrayList<>();
        for (PredictedSample batch : batches) {
            double lambda =
                    before.isEmpty() ? 1 : PpiFit.bestLambda(PredictedSample.pooled(before), PpiFit.Convention.DEFAULT);
            PpiFit fit = PpiFit.of(batch, lambda, PpiFit.Convention.DEFAULT);
            estimates.add(new Batch(fit.lambda(), fit.value(), fit.standardError()));
            before.add(batch);
        }
        return estimates;
    }

    /**
     * One-sided lower bounds of the running mean, by batch; the mean stays above all of them at once with the confidence.
     *
     * @param batches    each with a finite standard error above 0
     * @param confidence above 0.5
     * @param tightest   batch, from 1, at which the bound shall be tightest; beyond the last counts as the last
     */
    public static List<Double> lowerBounds(List<Batch> batches, Confidence confidence, int tightest) {
        Require.atLeast(1, "tightest", tightest);
        if (!(confidence.level() > 0.5)) {
            throw new IllegalArgumentException("confidence must be above 0.5: " + confidence.level());
        }
        double doubled = 2 * confidence.alpha();
        double nats = -2 * Math.log(doubled);
        double until = batches.stream()
                .limit(tightest)
                .mapToDouble(batch -> variance(batch))
                .sum();
        double rho = (nats + Math.log1p(nats)) / until;
        List<Double> bounds = new ArrayList<>();
        double sum = 0;
        double variance = 0;
        for (Batch batch : batches) {
            sum += batch.value();
            variance += variance(batch);
            double k = bounds.size() + 1.0;
            double grown = variance * rho + 1;
            bounds.add(sum / k - Math.sqrt(2 * grown / (k * k * rho) * Math.log1p(Math.sqrt(grown) / doubled)));
        }
        return bounds;
    }

    private static double variance(Batch batch) {
        double error = Require.positive("standardError", batch.standardError());
        return error * error;
    }
}
