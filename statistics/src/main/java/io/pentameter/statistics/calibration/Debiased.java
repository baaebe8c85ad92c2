package io.pentameter.statistics.calibration;

import io.pentameter.statistics.agreement.Agreement;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A corrected estimate that has not passed the gate yet; {@link #gated} is the way to its number.
 *
 * <p>Every estimator of this package answers in it.
 */
public final class Debiased {

    private final JudgeOnly judgeOnly;
    private final Estimate estimate;
    private final Optional<Estimate> humanOnly;
    private final List<Warning> blocks;

    Debiased(JudgeOnly judgeOnly, Estimate estimate, Optional<Estimate> humanOnly, List<Warning> blocks) {
        this.judgeOnly = judgeOnly;
        this.estimate = estimate;
        this.humanOnly = humanOnly;
        this.blocks = List.copyOf(blocks);
    }

    /** The number before the gate; for tests and simulations of this package. */
    Estimate estimate() {
        return estimate;
    }

    Optional<Estimate> humanOnly() {
        return humanOnly;
    }

    JudgeOnly judgeOnly() {
        return judgeOnly;
    }

    /** What may be shown at the usual gate. */
    public Quality gated() {
        return gated(LabelGate.USUAL);
    }

    /** What may be shown. */
    public Quality gated(LabelGate gate) {
        long labels = estimate.size().labels();
        List<Warning> reasons = new ArrayList<>(blocks);
        if (labels < gate.least()) {
            reasons.add(new Warning(
                    "too-few-labels", "There are %d human labels; %d are needed.".formatted(labels, gate.least())));
        }
        if (!reasons.isEmpty() || !estimate.isKnown()) {
            return new Quality.Uncalibrated(judgeOnly, labels, reasons.isEmpty() ? estimate.warnings() : reasons);
        }
        return labels < gate.full()
                ? new Quality.Preliminary(judgeOnly, estimate, humanOnly)
                : new Quality.Calibrated(judgeOnly, estimate, humanOnly);
    }

    /** Same estimate, which will not pass the gate if people do not agree on the rubric. */
    public Debiased givenAgreement(Agreement agreement) {
        if (agreement.isRubricFit()) {
            return this;
        }
        List<Warning> more = new ArrayList<>(blocks);
        more.add(new Warning(
                "rubric-unfit",
                String.format(
                        Locale.ROOT,
                        "People agree too little on the rubric: alpha %.3f, %.3f is needed.",
                        agreement.alpha().value(),
                        Agreement.LEAST_ALPHA)));
        return new Debiased(judgeOnly, estimate, humanOnly, more);
    }
}
