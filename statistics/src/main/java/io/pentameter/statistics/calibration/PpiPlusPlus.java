package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.EffectiveSize;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.NormalInterval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import io.pentameter.statistics.interval.Wilson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Prediction-powered inference for a mean, with the weight of the judge tuned (PPI++), at 1 (PPI) or at 0 (labels alone).
 *
 * <p>{@code λ* = Cov(Y,f)/((1+n/N) Var(f))} within 0..2, {@code θ = λ mean(f_unlab) + mean(Y - λf)},
 * {@code V = λ² Var(f_unlab)/N + Var(Y-λf)/n}. Source: A. N. Angelopoulos, J. C. Duchi, T. Zrnic, "PPI++", arXiv 2311.01453; PPI:
 * Angelopoulos et al., Science 382 (2023), 669–674. Means in 0..1 get Wilson's interval at the size {@code θ(1-θ)/V}; the textbook
 * interval covers 73 % instead of 95 % at a pass rate of 97 % and 50 labels.
 *
 * <p>For graded scores. A binary judge: {@link PostStratifiedPpi} is as precise and its interval better. Labels must be a random part
 * of the answers; unequal probabilities: {@link TwoPhase}. With enough labels it is never worse than the labels alone.
 */
public final class PpiPlusPlus {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "ppi-plus-plus";

    /** Labels from which the normal interval is right for values without bounds. */
    public static final int LEAST_FOR_NORMAL = 400;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private PpiPlusPlus() {}

    /** Mean of truths in 0..1 by scores in 0..1, with the judge's weight tuned. */
    public static Debiased rate(PredictedSample sample, Confidence confidence) {
        return rate(sample, PpiFit.bestLambda(sample, PpiFit.Convention.DEFAULT), confidence);
    }

    /**
     * Mean of truths in 0..1 by scores in 0..1.
     *
     * @param lambda weight of the judge, 0 to 2: 1 is PPI, 0 the labels alone
     */
    public static Debiased rate(PredictedSample sample, double lambda, Confidence confidence) {
        sample.requireUnitValues();
        return rate(sample, PpiFit.of(sample, checked(lambda), PpiFit.Convention.DEFAULT), METHOD, confidence);
    }

    /**
     * Mean of truths without bounds, with the judge's weight tuned and the normal interval.
     *
     * @return below {@value #LEAST_FOR_NORMAL} labels with a warning
     */
    public static Debiased mean(PredictedSample sample, Confidence confidence) {
        PpiFit fit = PpiFit.tuned(sample, PpiFit.Convention.DEFAULT);
        if (sample.labels() == 0) {
            return unlabelled(JudgeOnly.nothing(), Interval.EVERYTHING, METHOD, confidence);
        }
        List<Warning> warnings = sample.labels() < LEAST_FOR_NORMAL
                ? List.of(new Warning(
                        "small-for-normal",
                        "The normal interval is too narrow at %d labels; %d are needed."
                                .formatted(sample.labels(), LEAST_FOR_NORMAL)))
                : List.of();
        double spread = Moments.variance(1, sample.truths());
        double effective = spread > 0 && fit.variance() > 0 ? spread / fit.variance() : sample.labels();
        Estimate estimate = new Estimate(
                fit.value(),
                fit.standardError(),
                NormalInterval.of(fit.value(), fit.standardError(), confidence),
                confidence,
                METHOD,
                size(sample, effective),
                warnings);
        return new Debiased(JudgeOnly.nothing(), estimate, Optional.empty(), List.of());
    }

    /**
     * How likely so large a distance from {@code supposed} is if that is the mean; two-sided, normal.
     *
     * @return NaN below two labels; without any spread 1 if the mean is the supposed one, else 0
     */
    public static double pValue(PredictedSample sample, double supposed) {
        return pValue(PpiFit.tuned(sample, PpiFit.Convention.DEFAULT), supposed);
    }

    static double pValue(PpiFit fit, double supposed) {
        double apart = Math.abs(fit.value() - Require.finite("supposed", supposed));
        if (Double.isInfinite(fit.variance())) {
            return Double.NaN;
        }
        return apart == 0 ? 1 : 2 * NORMAL.survivalProbability(apart / fit.standardError());
    }

    /** A fit of values in 0..1 with Wilson's interval at its effective size. */
    static Debiased rate(PredictedSample sample, PpiFit fit, String method, Confidence confidence) {
        JudgeOnly judgeOnly = judgeOnly(sample);
        if (sample.labels() == 0) {
            return unlabelled(judgeOnly, Interval.UNIT, method, confidence);
        }
        Estimate estimate = rateEstimate(fit.value(), fit.variance(), sample, method, confidence);
        double human = Moments.mean(sample.truths());
        Estimate humanOnly = rateEstimate(
                human, Moments.variance(1, sample.truths()) / sample.labels(), sample, "human-only-wilson", confidence);
        return new Debiased(judgeOnly, estimate, Optional.of(humanOnly), List.of());
    }

    private static Estimate rateEstimate(
            double value, double variance, PredictedSample sample, String method, Confidence confidence) {
        double rate = Interval.UNIT.nearest(value);
        double effective = Double.isInfinite(variance)
                ? sample.labels()
                : EffectiveSize.ofRate(
                        rate,
                        variance,
                        sample.labels(),
                        (double) sample.labels() + sample.unlabelledCount(),
                        sample.labels());
        return new Estimate(
                rate,
                Math.sqrt(variance),
                Wilson.ofRate(rate, effective, confidence),
                confidence,
                method,
                size(sample, effective),
                List.of());
    }

    static JudgeOnly judgeOnly(PredictedSample sample) {
        double[] scores = sample.allScores();
        return scores.length == 0
                ? JudgeOnly.nothing()
                : new JudgeOnly(Interval.UNIT.nearest(Moments.mean(scores)), scores.length);
    }

    static Debiased unlabelled(JudgeOnly judgeOnly, Interval possible, String method, Confidence confidence) {
        return new Debiased(
                judgeOnly, Estimate.unknown(possible, confidence, method), Optional.empty(), new ArrayList<>());
    }

    private static SampleSize size(PredictedSample sample, double effective) {
        return new SampleSize((long) sample.labels() + sample.unlabelledCount(), effective, sample.labels());
    }

    private static double checked(double lambda) {
        if (!(lambda >= 0 && lambda <= 2)) {
            throw new IllegalArgumentException("lambda must be in 0.0..2.0: " + lambda);
        }
        return lambda;
    }
}
