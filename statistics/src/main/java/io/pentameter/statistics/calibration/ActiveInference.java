package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.NormalInterval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The corrected mean when every answer has a score and labels went to answers with known, unequal probabilities (active statistical
 * inference).
 *
 * <p>{@code a = f(H/π - 1)}, {@code b = Y H/π}, {@code λ = cov(a,b)/var(a)}, {@code φ = b - λa}; {@code θ = mean φ}, error
 * {@code sd(φ)/sqrt(n)}. Source: T. Zrnic, E. J. Candès, "Active statistical inference", ICML 2024, with the tuning of package
 * GLIDE.
 *
 * <p>Use {@link TwoPhase} where the scored answers are themselves a sample. The normal interval needs some hundred answers.
 */
public final class ActiveInference {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "active-inference";

    private ActiveInference() {}

    /**
     * One scored answer.
     *
     * @param score       judge's score, finite
     * @param truth       human label, finite; empty without one
     * @param probability with which it was to be labelled, above 0 and at most 1
     */
    public record Answer(double score, Optional<Double> truth, double probability) {

        public Answer {
            Require.finite("score", score);
            truth.ifPresent(known -> Require.finite("truth", known));
            Require.probability("probability", probability);
        }
    }

    /** Estimates; unknown without an answer. */
    public static Debiased mean(List<Answer> answers, Confidence confidence) {
        if (answers.isEmpty()) {
            return PpiPlusPlus.unlabelled(JudgeOnly.nothing(), Interval.EVERYTHING, METHOD, confidence);
        }
        double[] pseudo = pseudoOutcomes(answers);
        int n = pseudo.length;
        double value = Moments.mean(pseudo);
        double error = n < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(Moments.variance(1, pseudo) / n);
        long labels =
                answers.stream().filter(answer -> answer.truth().isPresent()).count();
        Estimate estimate = new Estimate(
                value,
                error,
                NormalInterval.of(value, error, confidence),
                confidence,
                METHOD,
                new SampleSize(n, n, labels),
                List.of());
        double score = Moments.mean(answers.stream().mapToDouble(Answer::score).toArray());
        JudgeOnly judgeOnly = score >= 0 && score <= 1 ? new JudgeOnly(score, n) : JudgeOnly.nothing();
        return new Debiased(judgeOnly, estimate, Optional.empty(), new ArrayList<>());
    }

    /** λ with the least variance; 0 if the scores tell nothing. */
    static double lambda(List<Answer> answers) {
        double[] judge = judge(answers);
        double spread = Moments.variance(1, judge);
        return spread == 0 ? 0 : Moments.covariance(1, judge, human(answers)) / spread;
    }

    private static double[] pseudoOutcomes(List<Answer> answers) {
        return Moments.residuals(human(answers), lambda(answers), judge(answers));
    }

    private static double[] human(List<Answer> answers) {
        return answers.stream()
                .mapToDouble(answer -> answer.truth()
                        .map(known -> known / answer.probability())
                        .orElse(0.0))
                .toArray();
    }

    private static double[] judge(List<Answer> answers) {
        return answers.stream()
                .mapToDouble(
                        answer -> answer.score() * ((answer.truth().isPresent() ? 1 / answer.probability() : 0) - 1))
                .toArray();
    }

    /**
     * With which probability each answer is to be labelled, so that a budget buys the most certainty.
     *
     * <p>In proportion to {@code (1-mix) u/Σu + mix/N}, within the floor and 1, adding up to the budget. Without limits in force that is
     * {@code (1-mix) k u/Σu + mix k/N}.
     *
     * @param uncertainty {@code u}, how far truth and score are expected to differ by answer, 0 or more; for a binary judge
     *                    {@code sqrt(μ(1-μ))} of its verdict
     * @param budget      {@code k}, labels to expect, above 0; all are labelled if it is the number of answers or more
     * @param mix         share that is spread evenly, 0 to 1; 0.3 is usual, it guards against wrong uncertainties
     * @param floor       least probability, above 0 and at most 1; 0.02 is usual. Lowered to {@code k/N} if the budget is less
     */
    public static double[] probabilities(double[] uncertainty, double budget, double mix, double floor) {
        Require.positive("budget", budget);
        Require.share("mix", mix);
        Require.probability("floor", floor);
        int n = uncertainty.length;
        double largest = 0;
        for (double one : uncertainty) {
            largest = Math.max(largest, Require.notNegative("uncertainty", one));
        }
        double[] base = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            base[i] = largest == 0 ? 1 : uncertainty[i] / largest;
            sum += base[i];
        }
        for (int i = 0; i < n; i++) {
            base[i] = (1 - mix) * base[i] / sum + mix / n;
        }
        if (budget >= n) {
            Arrays.fill(base, 1);
            return base;
        }
        return withinLimits(base, budget, Math.min(floor, budget / n));
    }

    private static double[] withinLimits(double[] base, double budget, double floor) {
        double below = 0;
        double above = 1;
        while (total(base, above, floor) < budget && above < Double.MAX_VALUE / 4) {
            above *= 2;
        }
        for (double middle = above / 2; middle > below && middle < above; middle = below + (above - below) / 2) {
            if (total(base, middle, floor) < budget) {
                below = middle;
            } else {
                above = middle;
            }
        }
        double factor = above;
        return Arrays.stream(base).map(one -> limited(factor * one, floor)).toArray();
    }

    private static double total(double[] base, double factor, double floor) {
        double total = 0;
        for (double one : base) {
            total += limited(factor * one, floor);
        }
        return total;
    }

    private static double limited(double wanted, double floor) {
        return Math.min(1, Math.max(floor, wanted));
    }
}
