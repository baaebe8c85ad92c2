package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Warning;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What may be shown about quality. A corrected number can only be reached through a state that has the labels for it, so a page
 * cannot show one that has not.
 */
public sealed interface Quality {

    /** What the judge alone says; to be shown with {@link #word} or not at all. */
    JudgeOnly judgeOnly();

    /** The word that stands beside every number of this state. */
    String word();

    /**
     * No corrected number: too few labels, a judge that tells nothing, or a rubric on which people disagree.
     *
     * @param judgeOnly what the judge alone says
     * @param labels    human labels there are
     * @param reasons   why, at least one
     */
    record Uncalibrated(JudgeOnly judgeOnly, long labels, List<Warning> reasons) implements Quality {

        public Uncalibrated {
            Objects.requireNonNull(judgeOnly, "judgeOnly");
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("reasons must hold at least one: []");
            }
        }

        @Override
        public String word() {
            return "uncalibrated";
        }
    }

    /**
     * A corrected number from 30 labels or more: good for a look, not for a decision.
     *
     * @param judgeOnly what the judge alone says
     * @param debiased  the corrected number
     * @param humanOnly from the labels alone, beside it; empty if they were drawn by verdict. Which of the two counts is declared
     *                  beforehand, not picked for its width
     */
    record Preliminary(JudgeOnly judgeOnly, Estimate debiased, Optional<Estimate> humanOnly) implements Quality {

        public Preliminary {
            Objects.requireNonNull(judgeOnly, "judgeOnly");
            requireLabels(LabelGate.LEAST, debiased);
        }

        @Override
        public String word() {
            return "provisional";
        }
    }

    /**
     * A corrected number from 100 labels or more.
     *
     * @param judgeOnly what the judge alone says
     * @param debiased  the corrected number
     * @param humanOnly from the labels alone, beside it; empty if they were drawn by verdict
     */
    record Calibrated(JudgeOnly judgeOnly, Estimate debiased, Optional<Estimate> humanOnly) implements Quality {

        public Calibrated {
            Objects.requireNonNull(judgeOnly, "judgeOnly");
            requireLabels(LabelGate.FULL, debiased);
        }

        @Override
        public String word() {
            return "calibrated";
        }
    }

    private static void requireLabels(long least, Estimate debiased) {
        if (debiased.size().labels() < least) {
            throw new IllegalArgumentException("labels must be %d or more: %d"
                    .formatted(least, debiased.size().labels()));
        }
    }
}
