package io.pentameter.statistics.slo;

import java.math.BigDecimal;

/**
 * Decides one row of a burn-rate alert.
 *
 * <p>Source: Google, The Site Reliability Workbook, 2018, chapter 5. Not for sampled quality ({@link
 * QualityObjective}).
 *
 * @param target what was promised
 * @param gate   evidence that few events must bring
 */
public record BurnAlert(Target target, EvidenceGate gate) {

    /** What a row says now. */
    public enum Verdict {
        /** Within the objective, or over already. */
        QUIET,
        /** The burn is exceeded, but on too few events to tell it from chance. */
        TOO_LITTLE_EVIDENCE,
        /** The burn is exceeded in both windows, on enough evidence. */
        FIRING
    }

    /** Judges {@code row} on the events of its two windows. */
    public Verdict judge(BurnWindow row, EventCounts longWindow, EventCounts shortWindow) {
        if (!exceeds(row, longWindow) || !exceeds(row, shortWindow)) {
            return Verdict.QUIET;
        }
        return gate.passes(longWindow, target, row.severity()) ? Verdict.FIRING : Verdict.TOO_LITTLE_EVIDENCE;
    }

    /** Whether bad/valid exceeds burn · (1-SLO), in exact arithmetic; never without valid events. */
    private boolean exceeds(BurnWindow row, EventCounts counts) {
        return counts.valid() > 0
                && BigDecimal.valueOf(counts.bad())
                                .compareTo(row.errorRate(target).multiply(BigDecimal.valueOf(counts.valid())))
                        > 0;
    }
}
