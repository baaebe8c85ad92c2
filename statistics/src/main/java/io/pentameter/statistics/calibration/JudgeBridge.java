package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Warning;
import io.pentameter.statistics.interval.Wilson;

/**
 * What changes when one judge takes over from another, from a frozen set that both graded.
 *
 * <p>The set should hold {@value #LEAST_ANSWERS} answers or more, of both verdicts; with fewer the answer carries a warning.
 *
 * <p>Source: {@link PairedVerdicts}. The set is not traffic: the difference is not that of the pass rates that users
 * see, only evidence that the judges differ.
 *
 * @param difference pass rate of the new judge less that of the old
 * @param pValue     McNemar's exact p-value of "no difference"
 * @param flipShare  share of answers with two different verdicts
 */
public record JudgeBridge(Estimate difference, double pValue, Estimate flipShare) {

    /** Answers that a bridge should have. */
    public static final long LEAST_ANSWERS = 300;

    /** Compares; {@code verdicts} are of the old judge first, of the new one second. */
    public static JudgeBridge between(PairedVerdicts verdicts, Confidence confidence) {
        Estimate difference = verdicts.difference(confidence);
        if (verdicts.size() < LEAST_ANSWERS) {
            difference = difference.with(new Warning(
                    "small-bridge",
                    "Both judges graded %d answers; %d are needed.".formatted(verdicts.size(), LEAST_ANSWERS)));
        }
        return new JudgeBridge(
                difference, verdicts.exactPValue(), Wilson.estimate(verdicts.flips(), verdicts.size(), confidence));
    }
}
