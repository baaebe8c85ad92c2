package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Require;
import java.util.Locale;

/**
 * What the judge says, without any correction. It has no interval, because its error is mostly bias, and it never prints without
 * the word <i>uncalibrated</i>.
 *
 * @param share  mean grade in 0..1, the pass share of a binary judge; NaN if nothing was judged
 * @param judged answers that the judge graded, 0 or more
 */
public record JudgeOnly(double share, long judged) {

    public JudgeOnly {
        Require.atLeast(0, "judged", judged);
        if (judged == 0 ? !Double.isNaN(share) : !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be in 0.0..1.0, or NaN if nothing was judged: " + share);
        }
    }

    /** Nothing was judged. */
    static JudgeOnly nothing() {
        return new JudgeOnly(Double.NaN, 0);
    }

    @Override
    public String toString() {
        return judged == 0 ? "not judged" : String.format(Locale.ROOT, "%.1f %% (uncalibrated)", 100 * share);
    }
}
