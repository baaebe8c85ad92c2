package io.pentameter.statistics.sampling;

import io.pentameter.statistics.interval.CompensatedSum;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.NormalInterval;
import io.pentameter.statistics.interval.SampleSize;
import java.util.List;

/**
 * Horvitz and Thompson's estimator of a total from independently drawn requests (Poisson sampling).
 *
 * <p>{@code Y^ = Σ y/π}, {@code V^ = Σ (y/π)² (1-π)}; the factor {@code 1-π} falls away for {@link Scope#PROCESS}. Source:
 * D. G. Horvitz, D. J. Thompson, JASA 47 (1952), 663–685. Unbiased whenever every request has {@code π > 0}.
 *
 * <p>For totals (spend of the judged, number of failures). Not for means, although {@link #mean} is there to show it: the sample
 * size varies and enters the error; {@link PostStratified} or {@link Hajek} have about a third of it.
 */
public final class HorvitzThompson {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "horvitz-thompson";

    private HorvitzThompson() {}

    /** Total over all requests; unknown if the sample is empty. */
    public static Estimate total(ProbabilitySample sample, Scope scope, Confidence confidence) {
        return estimate(sample, 1, scope, confidence);
    }

    /**
     * Mean over {@code population} requests, whose number is known exactly.
     *
     * @param population above 0 and finite
     */
    public static Estimate mean(ProbabilitySample sample, double population, Scope scope, Confidence confidence) {
        if (!(population > 0 && population < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("population must be above 0 and finite: " + population);
        }
        return estimate(sample, population, scope, confidence);
    }

    private static Estimate estimate(ProbabilitySample sample, double divisor, Scope scope, Confidence confidence) {
        if (sample.size() == 0) {
            return Estimate.unknown(Interval.EVERYTHING, confidence, METHOD);
        }
        double value = sample.weightedTotal() / divisor;
        double error = Math.sqrt(variance(sample, scope)) / divisor;
        return new Estimate(
                value,
                error,
                NormalInterval.of(value, error, confidence),
                confidence,
                METHOD,
                new SampleSize(sample.size(), sample.kish(), 0),
                List.of());
    }

    private static double variance(ProbabilitySample sample, Scope scope) {
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < sample.size(); i++) {
            double expanded = sample.value(i) / sample.probability(i);
            sum.add(expanded * expanded * chance(sample.probability(i), scope));
        }
        return sum.value();
    }

    /** What of an observation is left to chance: nothing, for the period, if it was certain to be drawn. */
    static double chance(double probability, Scope scope) {
        return switch (scope) {
            case PERIOD -> 1 - probability;
            case PROCESS -> 1;
        };
    }
}
