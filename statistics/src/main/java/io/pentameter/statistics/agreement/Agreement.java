package io.pentameter.statistics.agreement;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;

/**
 * What must be shown together about agreement: the plain share, Krippendorff's alpha and Gwet's coefficient.
 *
 * <p>At a pass rate of 95 % alpha and kappa are low although raters hardly differ; Gwet's coefficient alone hides that they do not
 * agree on the failures. Only side by side they do not mislead. Compute from human labels with the weights of their sampling.
 *
 * <p>Source: A. R. Feinstein, D. V. Cicchetti, Journal of Clinical Epidemiology 43 (1990), 543–549, for the paradox;
 * K. Krippendorff, Content Analysis, 2nd ed. 2004, ch. 11, for the least alpha. Not for judge against human: agreement
 * does not correct a rate, the calibration package does.
 *
 * @param observed share of pairs of ratings that agree; NaN if there is no pair
 * @param alpha    Krippendorff's alpha
 * @param gwet     Gwet's AC1 for names, AC2 with quadratic credit otherwise
 */
public record Agreement(double observed, Estimate alpha, Estimate gwet) {

    /** Least alpha at which a rubric is fit to correct a judge by. */
    public static final double LEAST_ALPHA = 0.667;

    /** Computes all three. */
    public static Agreement of(Ratings ratings, Distance distance, UnitBootstrap bootstrap, Confidence confidence) {
        Credit credit = switch (distance) {
            case NOMINAL -> Credit.IDENTITY;
            case ORDINAL, INTERVAL, RATIO -> Credit.QUADRATIC;
        };
        return new Agreement(
                GwetAc.of(ratings, Credit.IDENTITY, confidence).observed(),
                KrippendorffAlpha.estimate(ratings, distance, bootstrap, confidence),
                GwetAc.of(ratings, credit, confidence).estimate());
    }

    /**
     * Whether people agree well enough on the rubric for numbers that are corrected by their labels.
     *
     * <p>Unknown alpha (no pair, or nothing but equal ratings) is no evidence against it where all pairs agree.
     */
    public boolean isRubricFit() {
        return alpha.isKnown() ? alpha.value() >= LEAST_ALPHA : observed == 1;
    }
}
