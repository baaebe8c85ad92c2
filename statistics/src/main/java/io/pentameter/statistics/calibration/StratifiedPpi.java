package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.CompensatedSum;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.EffectiveSize;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.NormalInterval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Wilson;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * PPI++ in each of several strata, put together by their shares of traffic.
 *
 * <p>{@code θ = Σ w_k θ_k}, {@code V = Σ w_k² V_k}, each stratum with a λ of its own. Source: A. Fisch et al., "Stratified
 * prediction-powered inference", NeurIPS 2024.
 *
 * <p>For graded scores when the judge is better on some intents than on others. A stratum with traffic but fewer than two labels makes the
 * whole unknown: merge it with another.
 */
public final class StratifiedPpi {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "stratified-ppi";

    private StratifiedPpi() {}

    /**
     * One stratum.
     *
     * @param weight its traffic, 0 or more, in any unit; strata without traffic are ignored
     * @param sample its answers
     */
    public record Stratum(double weight, PredictedSample sample) {

        public Stratum {
            Require.notNegative("weight", weight);
            Objects.requireNonNull(sample, "sample");
        }
    }

    /** Mean of truths in 0..1 by scores in 0..1, with Wilson's interval at the effective size. */
    public static Debiased rate(List<Stratum> strata, Confidence confidence) {
        strata.forEach(stratum -> stratum.sample().requireUnitValues());
        Sums sums = new Sums(strata, PpiFit.Convention.DEFAULT);
        if (!sums.isKnown()) {
            return PpiPlusPlus.unlabelled(sums.judgeOnly(), Interval.UNIT, METHOD, confidence);
        }
        double rate = Interval.UNIT.nearest(sums.value());
        double effective =
                EffectiveSize.ofRate(rate, sums.variance(), sums.labels, (double) sums.answers, (double) sums.labels);
        return sums.debiased(rate, Wilson.ofRate(rate, effective, confidence), effective, confidence);
    }

    /** Mean of truths without bounds, with the normal interval. */
    public static Debiased mean(List<Stratum> strata, Confidence confidence) {
        return mean(strata, PpiFit.Convention.DEFAULT, confidence);
    }

    static Debiased mean(List<Stratum> strata, PpiFit.Convention convention, Confidence confidence) {
        Sums sums = new Sums(strata, convention);
        if (!sums.isKnown()) {
            return PpiPlusPlus.unlabelled(JudgeOnly.nothing(), Interval.EVERYTHING, METHOD, confidence);
        }
        Interval interval = NormalInterval.of(sums.value(), Math.sqrt(sums.variance()), confidence);
        return sums.debiased(sums.value(), interval, (double) sums.labels, confidence);
    }

    /** What adds up over the strata. */
    private static final class Sums {

        private final CompensatedSum value = new CompensatedSum();
        private final CompensatedSum variance = new CompensatedSum();
        private final CompensatedSum score = new CompensatedSum();
        private long labels;
        private long answers;

        Sums(List<Stratum> strata, PpiFit.Convention convention) {
            double total = strata.stream().mapToDouble(Stratum::weight).sum();
            for (Stratum stratum : strata) {
                if (stratum.weight() > 0) {
                    double share = stratum.weight() / total;
                    PpiFit fit = PpiFit.tuned(stratum.sample(), convention);
                    value.add(share * fit.value());
                    variance.add(share * share * fit.variance());
                    score.add(share * Moments.mean(stratum.sample().allScores()));
                    labels += stratum.sample().labels();
                    answers +=
                            (long) stratum.sample().labels() + stratum.sample().unlabelledCount();
                }
            }
        }

        boolean isKnown() {
            return labels > 0 && Double.isFinite(value()) && Double.isFinite(variance());
        }

        double value() {
            return value.value();
        }

        double variance() {
            return variance.value();
        }

        JudgeOnly judgeOnly() {
            return answers == 0 ? JudgeOnly.nothing() : new JudgeOnly(Interval.UNIT.nearest(score.value()), answers);
        }

        Debiased debiased(double shown, Interval interval, double effective, Confidence confidence) {
            double mean = score.value();
            JudgeOnly judge = mean >= 0 && mean <= 1 ? judgeOnly() : JudgeOnly.nothing();
            Estimate estimate = new Estimate(
                    shown,
                    Math.sqrt(variance()),
                    interval,
                    confidence,
                    METHOD,
                    new SampleSize(answers, effective, labels),
                    List.of());
            return new Debiased(judge, estimate, Optional.empty(), List.of());
        }
    }
}
