package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.CompensatedSum;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Wilson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The corrected rate when both steps had unequal probabilities: which requests were judged ({@code π₁}), and which of those got a
 * human label ({@code π₂}).
 *
 * <p>{@code φ = [λ f + H/π₂ (Y - λ f)]/π₁}, {@code θ = Σφ/Σ(1/π₁)}; variance with the session as the unit,
 * {@code C/(C-1) Σ(e_c - ē)²/N^²} with {@code e = φ - θ/π₁}; λ is the one with the least variance, within 0..2. Source: T. Zrnic,
 * E. J. Candès, "Active statistical inference", ICML 2024; D. Kluger et al., arXiv 2501.18577; the ratio form is Hájek's.
 *
 * <p>For continuous probabilities. When both steps drew from a few classes, {@link PostStratifiedPpi} is more precise. The two draws
 * must use different keys, or {@code π₁ π₂} is wrong.
 */
public final class TwoPhase {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "two-phase-ppi";

    /**
     * Most simple labels that one label may count for, thanks to the judge. When the few labels hold no failure the variance says far
     * too little; without this limit 30 labels at a pass rate of 97 % cover 0.78 instead of 0.95.
     */
    private static final double MOST_GAIN = 2;

    private static final Interval LIMITS = new Interval(0, 2);

    private TwoPhase() {}

    /**
     * One judged answer.
     *
     * @param score            judge's score, 0 to 1
     * @param judgeProbability {@code π₁}, above 0 and at most 1
     * @param truth            human label, 0 to 1; empty without one
     * @param labelProbability {@code π₂} given that it was judged, above 0 and at most 1, also without a label
     * @param session          what is independent of others; anything with equality
     */
    public record Answer(
            double score, double judgeProbability, Optional<Double> truth, double labelProbability, Object session) {

        public Answer {
            Require.share("score", score);
            Require.probability("judgeProbability", judgeProbability);
            truth.ifPresent(known -> Require.share("truth", known));
            Require.probability("labelProbability", labelProbability);
        }

        /** Part of {@code φ} without the judge. */
        private double human() {
            return truth.map(known -> known / labelProbability / judgeProbability)
                    .orElse(0.0);
        }

        /** What is taken from it for each unit of λ. */
        private double judge() {
            double labelled = truth.isPresent() ? 1 / labelProbability : 0;
            return score * (labelled - 1) / judgeProbability;
        }
    }

    /** Estimates; unknown if nothing was judged. */
    public static Debiased rate(List<Answer> answers, Confidence confidence) {
        if (answers.isEmpty()) {
            return PpiPlusPlus.unlabelled(JudgeOnly.nothing(), Interval.UNIT, METHOD, confidence);
        }
        double population = sum(answers, answer -> 1 / answer.judgeProbability());
        double score = sum(answers, answer -> answer.score() / answer.judgeProbability()) / population;
        JudgeOnly judgeOnly = new JudgeOnly(Interval.UNIT.nearest(score), answers.size());
        long labels =
                answers.stream().filter(answer -> answer.truth().isPresent()).count();
        if (labels == 0) {
            return PpiPlusPlus.unlabelled(judgeOnly, Interval.UNIT, METHOD, confidence);
        }
        double lambda = bestLambda(answers, value(answers, 1, population));
        double value = value(answers, lambda, population);
        double variance = variance(answers, lambda, value) / population / population;
        double rate = Interval.UNIT.nearest(value);
        double effective = rate > 0 && rate < 1 && variance > 0 && Double.isFinite(variance)
                ? Math.min(MOST_GAIN * labels, rate * (1 - rate) / variance)
                : labels;
        Estimate estimate = new Estimate(
                rate,
                Math.sqrt(variance),
                Wilson.ofRate(rate, effective, confidence),
                confidence,
                METHOD,
                new SampleSize(answers.size(), effective, labels),
                List.of());
        return new Debiased(judgeOnly, estimate, Optional.empty(), List.of());
    }

    private static double value(List<Answer> answers, double lambda, double population) {
        return sum(answers, answer -> answer.human() - lambda * answer.judge()) / population;
    }

    private static double bestLambda(List<Answer> answers, double value) {
        double[] judge = answers.stream().mapToDouble(Answer::judge).toArray();
        double[] human = answers.stream()
                .mapToDouble(answer -> answer.human() - value / answer.judgeProbability())
                .toArray();
        double spread = Moments.variance(1, judge);
        return spread == 0 ? 0 : LIMITS.nearest(Moments.covariance(1, judge, human) / spread);
    }

    /** Variance of the sum; infinite with a single session. */
    private static double variance(List<Answer> answers, double lambda, double value) {
        Map<Object, Double> sessions = new HashMap<>();
        for (Answer answer : answers) {
            double residual = answer.human() - lambda * answer.judge() - value / answer.judgeProbability();
            sessions.merge(answer.session(), residual, Double::sum);
        }
        int count = sessions.size();
        if (count < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double[] residuals = sessions.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return Moments.variance(1, residuals) * count;
    }

    private static double sum(List<Answer> answers, ToDoubleFunction<Answer> part) {
        CompensatedSum sum = new CompensatedSum();
        for (Answer answer : answers) {
            sum.add(part.applyAsDouble(answer));
        }
        return sum.value();
    }
}
