package io.pentameter.statistics.slo;

import io.pentameter.statistics.calibration.LabelGate;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * An objective on quality, which is known from a sample only.
 *
 * <pre>bad rate = 1 - θ with the interval of θ       burn = (1-θ)/(1-SLO), an interval too</pre>
 *
 * <p>A ticket is written when the lower ends of the burn of both windows exceed the row's burn; when only the points
 * do, the objective is <i>at risk</i>. It never pages, and an estimate with fewer than 30 human labels ({@link LabelGate}) is never more
 * than at risk. Windows are 7 d with 1 d and 28 d with 7 d: shorter ones hold too few labels.
 *
 * <p>Source of the burn: Google, The Site Reliability Workbook, 2018, chapter 5; rows and rule are Pentameter's
 * choice.
 *
 * @param target share of good answers that was promised
 */
public record QualityObjective(Target target) {

    /** 7 d/1 d at half of the budget of 28 days, 28 d/7 d at all of it. */
    public static final List<BurnWindow> ROWS = List.of(
            new BurnWindow(Severity.TICKET, Duration.ofDays(7), Duration.ofDays(1), new BigDecimal("2")),
            new BurnWindow(Severity.TICKET, Duration.ofDays(28), Duration.ofDays(7), new BigDecimal("1")));

    /** What a row says now. */
    public enum Verdict {
        /** One of the windows has no estimate. */
        UNKNOWN,
        /** Within the objective as far as one can see. */
        QUIET,
        /** The points exceed, the intervals do not; or too few human labels stand behind them. */
        AT_RISK,
        /** Exceeded beyond doubt. */
        TICKET
    }

    /**
     * Judges {@code row} on the good rates of its two windows.
     *
     * @param longWindow  estimate of the share of good answers, 0 to 1
     * @param shortWindow the same for the short window
     */
    public Verdict judge(BurnWindow row, Estimate longWindow, Estimate shortWindow) {
        if (!longWindow.isKnown() || !shortWindow.isKnown()) {
            return Verdict.UNKNOWN;
        }
        double burn = row.burn().doubleValue();
        if (!(burnOf(longWindow.value()) > burn && burnOf(shortWindow.value()) > burn)) {
            return Verdict.QUIET;
        }
        boolean labelled = longWindow.size().labels() >= LabelGate.LEAST
                && shortWindow.size().labels() >= LabelGate.LEAST;
        boolean sure = burn(longWindow).low() > burn && burn(shortWindow).low() > burn;
        return labelled && sure ? Verdict.TICKET : Verdict.AT_RISK;
    }

    /** Plausible burn rates behind an estimate of the good rate. */
    public Interval burn(Estimate goodRate) {
        Interval rate = goodRate.interval().clippedTo(Interval.UNIT);
        return new Interval(burnOf(rate.high()), burnOf(rate.low()));
    }

    /**
     * Plausible shares of the budget that are left when {@code goodRate} is that of the whole period; negative when
     * overspent.
     */
    public Interval remaining(Estimate goodRate) {
        return burn(goodRate).complement();
    }

    private double burnOf(double goodRate) {
        return (1 - goodRate) / target.budget().doubleValue();
    }
}
