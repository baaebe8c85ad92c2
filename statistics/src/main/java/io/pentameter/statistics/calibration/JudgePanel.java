package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several judges at once, each with the weight that helps most.
 *
 * <p>{@code β = (1+n/N)⁻¹ S_ff⁻¹ S_fY} with a ridge of {@code 10⁻³ trace/J} on {@code S_ff}; then PPI with the score {@code β'f}. It is
 * the regression estimator (GREG) of survey sampling. Source: C.-E. Särndal, B. Swensson, J. Wretman, Model Assisted Survey Sampling,
 * 1992, ch. 6; J. Miao et al. and PPI++ for the factor.
 *
 * <p>Judges that agree with each other add little: look at {@link Result#correlations} before paying for another. Needs at least a few
 * dozen labels for each judge.
 *
 * <p>Assumes that labels are a random part of the answers and that all judges graded all of them. Not for a panel that
 * was chosen on the same labels.
 */
public final class JudgePanel {

    /** Name of the method in an estimate. */
    public static final String METHOD = "judge-panel-ppi";

    private static final double RIDGE = 1e-3;

    private JudgePanel() {}

    /**
     * What a panel says.
     *
     * @param debiased     the corrected rate
     * @param weights      {@code β}, by judge
     * @param correlations of the judges' scores, square, 1 on the diagonal; NaN for a judge whose scores do not vary
     */
    public record Result(Debiased debiased, List<Double> weights, List<List<Double>> correlations) {

        public Result {
            weights = List.copyOf(weights);
            correlations = correlations.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Mean of truths in 0..1.
     *
     * @param truths     by labelled answer, 0 to 1
     * @param scores     one array for each judge: score by labelled answer
     * @param unlabelled one array for each judge, in the same order: score by unlabelled answer
     */
    public static Result rate(double[] truths, double[][] scores, double[][] unlabelled, Confidence confidence) {
        Require.atLeast(1, "judges", scores.length);
        Require.sameLength("scores", scores.length, "unlabelled", unlabelled.length);
        int judges = scores.length;
        double[][] all = new double[judges][];
        for (int j = 0; j < judges; j++) {
            PredictedSample alone = new PredictedSample(truths, scores[j], unlabelled[j]);
            alone.requireUnitValues();
            Require.sameLength("unlabelled[0]", unlabelled[0].length, "unlabelled[" + j + "]", unlabelled[j].length);
            all[j] = alone.allScores();
        }
        double[] weights = weights(truths, scores, all, unlabelled[0].length);
        PredictedSample panel = new PredictedSample(truths, combined(scores, weights), combined(unlabelled, weights));
        PpiFit fit = PpiFit.of(panel, 1, PpiFit.Convention.DEFAULT);
        PredictedSample majority =
                new PredictedSample(truths, combined(scores, equal(judges)), combined(unlabelled, equal(judges)));
        Debiased shown = PpiPlusPlus.rate(panel, fit, METHOD, confidence);
        Debiased debiased =
                new Debiased(PpiPlusPlus.judgeOnly(majority), shown.estimate(), shown.humanOnly(), List.of());
        return new Result(debiased, Arrays.stream(weights).boxed().toList(), correlations(all));
    }

    private static double[] weights(double[] truths, double[][] scores, double[][] all, int unlabelled) {
        int judges = scores.length;
        double[] shared = new double[judges];
        if (unlabelled == 0 || truths.length < 2) {
            return shared;
        }
        double[][] spread = new double[judges][judges];
        double trace = 0;
        for (int j = 0; j < judges; j++) {
            shared[j] = Moments.covariance(1, scores[j], truths);
            for (int k = 0; k < judges; k++) {
                spread[j][k] = Moments.covariance(1, all[j], all[k]);
            }
            trace += spread[j][j];
        }
        if (trace == 0) {
            return new double[judges];
        }
        for (int j = 0; j < judges; j++) {
            spread[j][j] += RIDGE * trace / judges;
        }
        double[] solved = LinearSystem.solution(spread, shared);
        double factor = 1 / (1 + (double) truths.length / unlabelled);
        return Arrays.stream(solved).map(one -> factor * one).toArray();
    }

    private static double[] combined(double[][] scores, double[] weights) {
        double[] combined = new double[scores[0].length];
        for (int i = 0; i < combined.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                combined[i] += weights[j] * scores[j][i];
            }
        }
        return combined;
    }

    private static double[] equal(int judges) {
        double[] equal = new double[judges];
        Arrays.fill(equal, 1.0 / judges);
        return equal;
    }

    private static List<List<Double>> correlations(double[][] all) {
        List<List<Double>> rows = new ArrayList<>();
        for (double[] one : all) {
            List<Double> row = new ArrayList<>();
            for (double[] other : all) {
                row.add(Moments.covariance(1, one, other)
                        / Math.sqrt(Moments.variance(1, one) * Moments.variance(1, other)));
            }
            rows.add(row);
        }
        return rows;
    }
}
