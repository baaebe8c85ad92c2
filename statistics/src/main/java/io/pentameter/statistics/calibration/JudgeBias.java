package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.NormalInterval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import io.pentameter.statistics.monitoring.multiplicity.AdjustedPValues;
import io.pentameter.statistics.sampling.Hajek;
import io.pentameter.statistics.sampling.ProbabilitySample;
import io.pentameter.statistics.sampling.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Where the judge errs on one side: residuals {@code r = f - Y} of labelled answers, weighted by one over their probability.
 *
 * <p>A positive residual is a judge that is too kind. Everything is a comparison of weighted means (Hájek) with the normal
 * interval, but {@link #verbosity}, which is a regression. Correct the p-values over all diagnostics of a week with
 * {@link #adjusted}. Needs some dozens of labels on each side of a comparison; below {@value #LEAST_IN_GROUP} the finding carries
 * a warning. Labels must come from the epoch and period that the finding speaks of.
 *
 * <p>Source: C.-E. Särndal, B. Swensson, J. Wretman, Model Assisted Survey Sampling, 1992, §5.7; the kinds of bias: L.
 * Zheng et al., "Judging LLM-as-a-judge with MT-Bench and Chatbot Arena", NeurIPS 2023. Not to correct a rate by:
 * {@link PostStratifiedPpi} does that.
 */
public final class JudgeBias {

    /** Name of the comparisons in an {@link Estimate}. */
    public static final String METHOD = "residual-difference";

    /** Labels on each side below which the normal interval is too narrow. */
    public static final int LEAST_IN_GROUP = 30;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private JudgeBias() {}

    /**
     * One labelled answer.
     *
     * @param score       judge's score, 0 to 1
     * @param truth       human label, 0 to 1
     * @param probability with which it came to be judged and labelled ({@code π₁π₂}), above 0 and at most 1
     */
    public record Labelled(double score, double truth, double probability) {

        public Labelled {
            Require.share("score", score);
            Require.share("truth", truth);
            Require.probability("probability", probability);
        }

        double residual() {
            return score - truth;
        }
    }

    /**
     * One finding.
     *
     * @param name     of what was compared, such as {@code language=de}
     * @param estimate in points of the rate (1 is all), or points per doubling for verbosity
     * @param pValue   of "no bias", two-sided, before correction; NaN if it cannot be told
     */
    public record Finding(String name, Estimate estimate, double pValue) {
        private Finding with(Warning more) {
            return new Finding(name, estimate.with(more), pValue);
        }
    }

    /**
     * One tenth of the scores.
     *
     * @param meanScore    weighted mean of the scores in it
     * @param meanResidual weighted mean of the residuals; 0 is a judge that means what it says
     */
    public record Decile(double meanScore, Estimate meanResidual) {}

    /**
     * Mean residual by tenths of the score, lowest first; fewer if there are fewer than ten different scores. Equal scores are never
     * separated, so the tenths of a binary judge are its two verdicts.
     */
    public static List<Decile> calibrationCurve(List<Labelled> answers, Confidence confidence) {
        List<Labelled> rising = answers.stream()
                .sorted(Comparator.comparingDouble(Labelled::score))
                .toList();
        List<Decile> deciles = new ArrayList<>();
        int from = 0;
        for (int tenth = 1; tenth <= 10; tenth++) {
            int to = (int) ((long) rising.size() * tenth / 10);
            while (to > from
                    && to < rising.size()
                    && rising.get(to).score() == rising.get(to - 1).score()) {
                to++;
            }
            if (to > from) {
                List<Labelled> part = rising.subList(from, to);
                double score = Hajek.mean(sample(part, Labelled::score), Scope.PROCESS, confidence)
                        .value();
                deciles.add(new Decile(score, meanResidual(part, confidence)));
                from = to;
            }
        }
        return deciles;
    }

    /**
     * How much kinder the judge is to a group than to the others: for language, intent, model family.
     *
     * <p>With the answers of the judge's own family as the group it is the self-preference, a difference in differences
     * {@code (f̄ - Ȳ | own) - (f̄ - Ȳ | others)}. Unknown if either side is empty.
     */
    public static Finding ofGroup(
            String name, List<Labelled> answers, Predicate<Labelled> group, Confidence confidence) {
        Estimate inside = meanResidual(answers.stream().filter(group).toList(), confidence);
        Estimate outside = meanResidual(answers.stream().filter(group.negate()).toList(), confidence);
        long fewer = Math.min(inside.size().n(), outside.size().n());
        if (!inside.isKnown() || !outside.isKnown()) {
            return new Finding(name, Estimate.unknown(new Interval(-2, 2), confidence, METHOD), Double.NaN);
        }
        double error = Math.hypot(inside.standardError(), outside.standardError());
        Finding found = finding(name, METHOD, inside.value() - outside.value(), error, answers.size(), confidence);
        return fewer < LEAST_IN_GROUP ? found.with(smallGroup(fewer)) : found;
    }

    private static Warning smallGroup(long labels) {
        return new Warning(
                "small-group",
                "One side has %d labels; below %d the normal interval is too narrow."
                        .formatted(labels, LEAST_IN_GROUP));
    }

    /**
     * Points that the judge adds when an answer is twice as long, at the same human label: slope of the residual on
     * {@code log(tokens)}, controlling for the label, times {@code ln 2}.
     *
     * <p>Weighted least squares with heteroskedasticity-consistent errors (HC1: J. MacKinnon, H. White, Journal of Econometrics 29
     * (1985), 305–325). Unknown below four answers or if lengths do not vary beyond what the label tells.
     *
     * @param tokens length by answer, above 0
     */
    public static Finding verbosity(List<Labelled> answers, double[] tokens, Confidence confidence) {
        Require.sameLength("answers", answers.size(), "tokens", tokens.length);
        boolean variesInTruth =
                answers.stream().mapToDouble(Labelled::truth).distinct().count() > 1;
        double[][] rows = new double[tokens.length][];
        double[] residuals = new double[tokens.length];
        double[] weights = new double[tokens.length];
        for (int i = 0; i < rows.length; i++) {
            Labelled answer = answers.get(i);
            double length = Math.log(Require.positive("tokens", tokens[i]));
            rows[i] = variesInTruth ? new double[] {length, 1, answer.truth()} : new double[] {length, 1};
            residuals[i] = answer.residual();
            weights[i] = 1 / answer.probability();
        }
        try {
            WeightedLeastSquares fit = new WeightedLeastSquares(rows, residuals, weights);
            double doubling = Math.log(2);
            return finding(
                    "verbosity",
                    "wls-hc1",
                    fit.coefficient(0) * doubling,
                    fit.standardError(0) * doubling,
                    rows.length,
                    confidence);
        } catch (ArithmeticException e) {
            Warning why =
                    new Warning("lengths-do-not-vary", "The lengths do not vary enough to tell: " + e.getMessage());
            return new Finding(
                    "verbosity",
                    Estimate.unknown(Interval.EVERYTHING, confidence, "wls-hc1").with(why),
                    Double.NaN);
        }
    }

    /**
     * P-values corrected after Benjamini and Yekutieli, in the order of the findings; NaN stays NaN and does not count.
     */
    public static List<Double> adjusted(List<Finding> findings) {
        double[] told = findings.stream()
                .mapToDouble(Finding::pValue)
                .filter(p -> !Double.isNaN(p))
                .toArray();
        double[] corrected = AdjustedPValues.benjaminiYekutieli(told);
        List<Double> inOrder = new ArrayList<>();
        int next = 0;
        for (Finding finding : findings) {
            if (Double.isNaN(finding.pValue())) {
                inOrder.add(Double.NaN);
            } else {
                inOrder.add(corrected[next]);
                next++;
            }
        }
        return inOrder;
    }

    private static Estimate meanResidual(List<Labelled> answers, Confidence confidence) {
        return Hajek.mean(sample(answers, Labelled::residual), Scope.PROCESS, confidence);
    }

    private static ProbabilitySample sample(List<Labelled> answers, ToDoubleFunction<Labelled> value) {
        return ProbabilitySample.of(
                answers.stream().mapToDouble(value).toArray(),
                answers.stream().mapToDouble(Labelled::probability).toArray());
    }

    private static Finding finding(
            String name, String method, double value, double error, long n, Confidence confidence) {
        double distance = error == 0 ? (value == 0 ? 0 : Double.POSITIVE_INFINITY) : Math.abs(value) / error;
        Estimate estimate = new Estimate(
                value,
                error,
                NormalInterval.of(value, error, confidence),
                confidence,
                method,
                new SampleSize(n, n, n),
                List.of());
        return new Finding(name, estimate, Math.min(1, 2 * NORMAL.survivalProbability(distance)));
    }
}
