package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Require;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Answers with a human truth and a judge's score, and answers with a score alone.
 *
 * <p>The two sets must not overlap, and the labelled ones must be a random part of all.
 */
public final class PredictedSample {

    private final double[] truths;
    private final double[] scores;
    private final double[] unlabelled;

    /**
     * Takes copies.
     *
     * @param truths     human truth by labelled answer, finite
     * @param scores     judge's score by labelled answer, finite
     * @param unlabelled judge's score of the answers without a label, finite
     */
    public PredictedSample(double[] truths, double[] scores, double[] unlabelled) {
        Require.sameLength("truths", truths.length, "scores", scores.length);
        this.truths = checked("truth", truths);
        this.scores = checked("score", scores);
        this.unlabelled = checked("unlabelled score", unlabelled);
    }

    /** All answers of several samples, which must not overlap. */
    static PredictedSample pooled(List<PredictedSample> samples) {
        return new PredictedSample(
                joined(samples, PredictedSample::truths),
                joined(samples, PredictedSample::scores),
                joined(samples, PredictedSample::unlabelled));
    }

    private static double[] joined(List<PredictedSample> samples, Function<PredictedSample, double[]> part) {
        return samples.stream()
                .flatMapToDouble(sample -> Arrays.stream(part.apply(sample)))
                .toArray();
    }

    /** Human labels. */
    public int labels() {
        return truths.length;
    }

    /** Answers with a score alone. */
    public int unlabelledCount() {
        return unlabelled.length;
    }

    double[] truths() {
        return truths;
    }

    double[] scores() {
        return scores;
    }

    double[] unlabelled() {
        return unlabelled;
    }

    /** Scores of all answers, labelled or not. */
    double[] allScores() {
        double[] all = Arrays.copyOf(scores, scores.length + unlabelled.length);
        System.arraycopy(unlabelled, 0, all, scores.length, unlabelled.length);
        return all;
    }

    void requireUnitValues() {
        for (double truth : truths) {
            Require.share("truth", truth);
        }
        for (double score : allScores()) {
            Require.share("score", score);
        }
    }

    private static double[] checked(String name, double[] values) {
        for (double value : values) {
            Require.finite(name, value);
        }
        return values.clone();
    }
}
