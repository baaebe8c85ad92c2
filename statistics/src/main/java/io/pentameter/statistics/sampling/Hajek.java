package io.pentameter.statistics.sampling;

import io.pentameter.statistics.interval.CompensatedSum;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.EffectiveSize;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.NormalInterval;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import io.pentameter.statistics.interval.Wilson;
import java.util.List;

/**
 * Hájek's estimator of a mean from independently drawn requests: the weighted mean.
 *
 * <p>{@code m^ = Σ(y/π)/Σ(1/π)}, {@code V^ = Σ ((y-m^)/π)² (1-π) / N^²} with {@code N^ = Σ 1/π}; the factor {@code 1-π} falls
 * away for {@link Scope#PROCESS}. Source: J. Hájek, comment in Godambe and Sprott (eds.), Foundations of Statistical Inference,
 * 1971; C.-E. Särndal, B. Swensson, J. Wretman, Model Assisted Survey Sampling, 1992, §5.7.
 *
 * <p>For probabilities that vary continuously. With few different probabilities, whose class sizes are counted,
 * {@link PostStratified} is better. Observations of one session are not independent: {@link StratifiedHajek} takes clusters.
 */
public final class Hajek {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "hajek";

    private Hajek() {}

    /**
     * Mean of values without bounds, with the interval {@code ± z} standard errors; unknown if the sample is empty.
     *
     * <p>The error of a single observation is unknown, hence infinite, unless it is all there was. That of equal values is 0: nothing in
     * them tells how they vary.
     */
    public static Estimate mean(ProbabilitySample sample, Scope scope, Confidence confidence) {
        if (sample.size() == 0) {
            return Estimate.unknown(Interval.EVERYTHING, confidence, METHOD);
        }
        double mean = value(sample);
        boolean isSingle = sample.size() == 1 && !isKnownForSure(sample, scope);
        double error = isSingle ? Double.POSITIVE_INFINITY : Math.sqrt(variance(sample, mean, scope));
        return new Estimate(
                mean,
                error,
                NormalInterval.of(mean, error, confidence),
                confidence,
                METHOD,
                new SampleSize(sample.size(), sample.kish(), 0),
                isSingle ? List.of(singleObservation()) : List.of());
    }

    /**
     * Mean of values in 0..1, with Wilson's interval at the effective size; unknown if the sample is empty.
     *
     * @param population requests that the sample speaks for, at least its size
     */
    public static Estimate rate(ProbabilitySample sample, double population, Scope scope, Confidence confidence) {
        sample.requireUnitValues();
        if (sample.size() == 0) {
            return Estimate.unknown(Interval.UNIT, confidence, METHOD);
        }
        double mean = Interval.UNIT.nearest(value(sample));
        return rateEstimate(sample, mean, variance(sample, mean, scope), population, scope, confidence, METHOD);
    }

    static Estimate rateEstimate(
            ProbabilitySample sample,
            double mean,
            double variance,
            double population,
            Scope scope,
            Confidence confidence,
            String method) {
        double effective = EffectiveSize.ofRate(mean, variance, sample.size(), population, sample.kish());
        return new Estimate(
                mean,
                Math.sqrt(variance),
                isKnownForSure(sample, scope) ? new Interval(mean, mean) : Wilson.ofRate(mean, effective, confidence),
                confidence,
                method,
                new SampleSize(sample.size(), effective, 0),
                List.of());
    }

    private static boolean isKnownForSure(ProbabilitySample sample, Scope scope) {
        return scope == Scope.PERIOD && sample.isCensus();
    }

    private static Warning singleObservation() {
        return new Warning("single-observation", "There is a single observation; its error is unknown.");
    }

    static double value(ProbabilitySample sample) {
        return sample.weightedTotal() / sample.estimatedPopulation();
    }

    static double variance(ProbabilitySample sample, double mean, Scope scope) {
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < sample.size(); i++) {
            double residual = (sample.value(i) - mean) / sample.probability(i);
            sum.add(residual * residual * HorvitzThompson.chance(sample.probability(i), scope));
        }
        double population = sample.estimatedPopulation();
        return sum.value() / population / population;
    }
}
