package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Require;
import java.util.Objects;

/**
 * One class of equal inclusion probability, as a binary judge and people saw it.
 *
 * @param population requests in the class, counted exactly, 0 or more
 * @param judged     answers that the judge graded, 0 or more
 * @param passed     those that it passed, at most {@code judged}
 * @param isCensus   whether all requests of the class were judged ({@code π = 1}), so that its pass share is exact
 * @param onFail     human labels on answers that the judge failed
 * @param onPass     human labels on answers that the judge passed
 */
public record VerdictClass(
        double population, long judged, long passed, boolean isCensus, LabelCell onFail, LabelCell onPass) {

    public VerdictClass {
        Require.notNegative("population", population);
        Require.atLeast(0, "judged", judged);
        if (passed < 0 || passed > judged) {
            throw new IllegalArgumentException("passed must be in 0..%d: %d".formatted(judged, passed));
        }
        Objects.requireNonNull(onFail, "onFail");
        Objects.requireNonNull(onPass, "onPass");
    }

    /** All traffic in one class, judged with equal probability. */
    public static VerdictClass single(long judged, long passed, LabelCell onFail, LabelCell onPass) {
        return new VerdictClass(1, judged, passed, false, onFail, onPass);
    }

    LabelCell on(boolean pass) {
        return pass ? onPass : onFail;
    }

    /** Share that the judge passed; one half if it saw nothing. */
    double passShare() {
        return judged == 0 ? 0.5 : (double) passed / judged;
    }

    /** Share of answers with the verdict. */
    double share(boolean pass) {
        return pass ? passShare() : 1 - passShare();
    }
}
