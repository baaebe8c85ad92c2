package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Prediction-powered inference when the labels also teach the score: each label is corrected by a model that has not seen it.
 *
 * <p>{@code K} folds; the score of a labelled answer comes from the model fitted without its fold, that of an unlabelled one is the mean
 * over all models; {@code λ = 1}, {@code V = Var(f̄)/N + Var(Y-f)/n}. Source: T. Zrnic, E. J. Candès, "Cross-prediction-powered
 * inference", PNAS 121 (2024).
 *
 * <p>For a judge that is recalibrated on the labels. To fit and to correct with the same labels would count them twice.
 */
public final class CrossPpi {

    /** Name of the method in an estimate. */
    public static final String METHOD = "cross-ppi";

    /** Folds unless said otherwise. */
    public static final int USUAL_FOLDS = 5;

    private CrossPpi() {}

    /**
     * Learns a score in 0..1 from labelled answers.
     *
     * @param <X> what is known of an answer
     */
    @FunctionalInterface
    public interface Learner<X> {

        /** Fits to {@code answers}, whose truths run in step. */
        ToDoubleFunction<X> fit(List<X> answers, double[] truths);
    }

    /**
     * Mean of truths in 0..1.
     *
     * @param labelled   labelled answers in an order without meaning; the i-th goes to fold {@code i mod folds}
     * @param truths     by labelled answer, 0 to 1
     * @param unlabelled the other answers
     * @param folds      2 or more; no more than there are labels are used
     */
    public static <X> Debiased rate(
            List<X> labelled,
            double[] truths,
            List<X> unlabelled,
            int folds,
            Learner<X> learner,
            Confidence confidence) {
        Require.atLeast(2, "folds", folds);
        Require.sameLength("labelled", labelled.size(), "truths", truths.length);
        double[] scores = new double[labelled.size()];
        double[] means = new double[unlabelled.size()];
        int used = Math.min(folds, labelled.size());
        for (int fold = 0; fold < used; fold++) {
            ToDoubleFunction<X> model = fitWithout(fold, used, labelled, truths, learner);
            for (int i = fold; i < scores.length; i += used) {
                scores[i] = model.applyAsDouble(labelled.get(i));
            }
            for (int i = 0; i < means.length; i++) {
                means[i] += model.applyAsDouble(unlabelled.get(i)) / used;
            }
        }
        PredictedSample sample = new PredictedSample(truths, scores, means);
        return PpiPlusPlus.rate(sample, PpiFit.of(sample, 1, PpiFit.Convention.DEFAULT), METHOD, confidence);
    }

    private static <X> ToDoubleFunction<X> fitWithout(
            int fold, int folds, List<X> labelled, double[] truths, Learner<X> learner) {
        List<X> answers = new ArrayList<>();
        List<Double> known = new ArrayList<>();
        for (int i = 0; i < truths.length; i++) {
            if (i % folds != fold) {
                answers.add(labelled.get(i));
                known.add(truths[i]);
            }
        }
        return learner.fit(
                List.copyOf(answers),
                known.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
