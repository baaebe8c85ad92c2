package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.Wilson;
import io.pentameter.statistics.monitoring.detector.BetGrid;
import io.pentameter.statistics.monitoring.detector.Bets;
import io.pentameter.statistics.monitoring.detector.Direction;
import java.util.List;

/**
 * What is watched to notice that the judge changed without notice: the units that go into the detectors, and how to read them.
 *
 * <p><b>Canary</b>: gold items graded again every day; the unit is 1 if the grade differs from the frozen majority, watched for a rise
 * above the noise floor. <b>Residual</b>: human labels against grades; the unit is {@code (Y-f+1)/2}, watched both ways around its mean
 * at calibration. When the residual fires, labels and judge no longer fit and corrected numbers are stale.
 *
 * <p>Both run on {@link io.pentameter.statistics.monitoring.detector.CalendarDetector}, whose mean time to false alarm is the threshold
 * in days: 365 for the canary. At 50 gold items a day and a usual flip rate of 3 % it finds 6, 8, 10, 15 % after 8.6, 4.2, 2.8, 1.6 days
 * on average (docs/statistics-verification.md). Not for graded pages: they say that the judge moved, not that quality did.
 */
public final class JudgeWatch {

    /** Sizes of change of the flip rate. */
    private static final BetGrid CANARY_GRID = new BetGrid(List.of(0.02, 0.05, 0.10, 0.20));
    /** A change of a rate by one point moves the unit by half a point. */
    private static final BetGrid RESIDUAL_GRID = new BetGrid(List.of(0.01, 0.015, 0.025, 0.05, 0.10));

    private JudgeWatch() {}

    /** Why quality seems to have fallen. */
    public enum Cause {
        /** The judge changed; do not page the product team. */
        JUDGE_DRIFT,
        /** What is asked, or how people label it, moved; calibrate anew. */
        LABEL_SHIFT,
        /** Neither judge nor labels moved: quality fell. */
        QUALITY_DROP
    }

    /** Reads the two watches when a quality alarm fired. */
    public static Cause causeOf(boolean canaryFired, boolean residualFired) {
        if (canaryFired) {
            return Cause.JUDGE_DRIFT;
        }
        return residualFired ? Cause.LABEL_SHIFT : Cause.QUALITY_DROP;
    }

    /**
     * Unit of the residual watch, 0 to 1; one half where judge and human agree.
     *
     * @param truth human label, 0 to 1
     * @param score judge's grade, 0 to 1
     */
    public static double residualUnit(double truth, double score) {
        return (Require.share("truth", truth) - Require.share("score", score) + 1) / 2;
    }

    /**
     * Bets of the residual watch; run one detector for each direction.
     *
     * @param mean     mean of the units at calibration, 0 to 1
     * @param variance of a unit at calibration, 0 or more
     */
    public static Bets residualBets(Direction direction, double mean, double variance) {
        return RESIDUAL_GRID.against(direction, mean, variance);
    }

    /**
     * Bets of the canary watch: against a flip rate that is at most the upper end of the noise floor.
     *
     * @param noiseFloor from {@link #noiseFloor}
     */
    public static Bets canaryBets(Estimate noiseFloor) {
        return CANARY_GRID.againstRate(Direction.RISE, noiseFloor.interval().high());
    }

    /** Unit of the canary watch: 1 if today's verdict is not the frozen one, else 0. */
    public static double canaryUnit(boolean frozen, boolean today) {
        return frozen == today ? 0 : 1;
    }

    /**
     * How often the same judge gives another verdict on the same answer, from grading twice at the temperature of production. The
     * level above which the canary is watched is the upper end.
     *
     * @param flips   different verdicts, at most {@code regraded}
     * @param regraded answers graded twice; 5 % of traffic is usual
     */
    public static Estimate noiseFloor(long flips, long regraded, Confidence confidence) {
        return Wilson.estimate(flips, regraded, confidence);
    }
}
