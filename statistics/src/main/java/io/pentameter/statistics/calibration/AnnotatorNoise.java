package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Wilson;

/**
 * How often an annotator errs, from gold items whose answer experts settled.
 *
 * <p>Noise of yes/no labels is not harmless: {@code E[Y_obs] = θ(1-e₁) + (1-θ)e₀}. Gold items are never shown as gold.
 *
 * <p>Source: W. J. Rogan, B. Gladen, American Journal of Epidemiology 107 (1978), 71–76, for the correction; the
 * limits are Pentameter's choice. Assumes that gold items are as hard as the others and errors independent of the
 * judge's verdict. Not for graded labels.
 *
 * @param onFailures labels on gold failures; {@code passes} of them are errors
 * @param onPasses   labels on gold passes; those that are not {@code passes} are errors
 */
public record AnnotatorNoise(LabelCell onFailures, LabelCell onPasses) {

    /** Error rate on either side above which rates are corrected for it. */
    public static final double TOLERATED = 0.03;

    /** Least plausible accuracy with which an annotator may go on. */
    public static final double LEAST_ACCURACY = 0.8;

    /** Gold items before which an annotator is not judged: even a faultless one could not prove enough. */
    public static final long LEAST_GOLD = 20;

    /** Where an annotator stands. */
    public enum Standing {
        /** Too few gold items to tell. */
        ON_PROBATION,
        /** Accurate enough. */
        ACTIVE,
        /** The lower bound of the accuracy is too low. */
        SUSPENDED
    }

    /** {@code e₀}: how often a failure is labelled a pass. */
    public Estimate passingFailures(Confidence confidence) {
        return Wilson.estimate(onFailures.passes(), onFailures.labels(), confidence);
    }

    /** {@code e₁}: how often a pass is labelled a failure. */
    public Estimate failingPasses(Confidence confidence) {
        return Wilson.estimate(onPasses.labels() - onPasses.passes(), onPasses.labels(), confidence);
    }

    /** How often the label is right. */
    public Estimate accuracy(Confidence confidence) {
        long right = onFailures.labels() - onFailures.passes() + onPasses.passes();
        return Wilson.estimate(right, onFailures.labels() + onPasses.labels(), confidence);
    }

    /** Whether the annotator may go on. */
    public Standing standing(Confidence confidence) {
        if (onFailures.labels() + onPasses.labels() < LEAST_GOLD) {
            return Standing.ON_PROBATION;
        }
        return accuracy(confidence).interval().low() < LEAST_ACCURACY ? Standing.SUSPENDED : Standing.ACTIVE;
    }

    /** Whether rates from these labels must be corrected by {@link #correct}. */
    public boolean mustBeCorrected() {
        return errorRate(onFailures.passes(), onFailures.labels()) > TOLERATED
                || errorRate(onPasses.labels() - onPasses.passes(), onPasses.labels()) > TOLERATED;
    }

    /**
     * The pass rate behind noisy labels: {@link RoganGladen} with the annotator in the judge's place.
     *
     * @param share  share of the labels that pass, 0 to 1
     * @param labels 1 or more; with gold on both sides
     */
    public Debiased correct(double share, long labels, Confidence confidence) {
        RoganGladen.Accuracy accuracy = new RoganGladen.Accuracy(
                1 - errorRate(onFailures.passes(), onFailures.labels()),
                onFailures.labels(),
                1 - errorRate(onPasses.labels() - onPasses.passes(), onPasses.labels()),
                onPasses.labels());
        return RoganGladen.estimate(share, labels, accuracy, confidence);
    }

    private static double errorRate(long errors, long labels) {
        return labels == 0 ? 0 : (double) errors / labels;
    }
}
