package io.pentameter.statistics.slo;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/**
 * One row of a burn-rate alert: it sounds while the burn of the long <i>and</i> the short window exceed {@code burn}.
 *
 * <p>The long window shows that it matters, the short one that it still goes on.
 *
 * <p>Source: Google, The Site Reliability Workbook, 2018, chapter 5.
 *
 * @param severity    whom it reaches
 * @param longWindow  above 0
 * @param shortWindow above 0, not longer than the long one; a twelfth of it is usual
 * @param burn        threshold, above 0
 */
public record BurnWindow(Severity severity, Duration longWindow, Duration shortWindow, BigDecimal burn) {

    public BurnWindow {
        if (!longWindow.isPositive() || !shortWindow.isPositive() || shortWindow.compareTo(longWindow) > 0) {
            throw new IllegalArgumentException(
                    "shortWindow must be above 0 and at most %s: %s".formatted(longWindow, shortWindow));
        }
        if (burn.signum() <= 0) {
            throw new IllegalArgumentException("burn must be above 0: " + burn);
        }
    }

    /**
     * The row that sounds when {@code budgetShare} of the period's budget is used within the long window.
     *
     * @param budgetShare above 0; 0.02 for 2 %
     */
    public static BurnWindow spending(
            BigDecimal budgetShare, Severity severity, Duration longWindow, Duration shortWindow, Duration period) {
        BigDecimal burn = budgetShare
                .multiply(BigDecimal.valueOf(period.toMillis()))
                .divide(BigDecimal.valueOf(longWindow.toMillis()), MathContext.DECIMAL64);
        return new BurnWindow(severity, longWindow, shortWindow, burn);
    }

    /** Share of the period's budget that is used when the row has just been reached for the whole long window. */
    public BigDecimal budgetShare(Duration period) {
        return burn.multiply(BigDecimal.valueOf(longWindow.toMillis()))
                .divide(BigDecimal.valueOf(period.toMillis()), MathContext.DECIMAL64);
    }

    /** Share of bad events above which the row sounds. */
    public BigDecimal errorRate(Target target) {
        return burn.multiply(target.budget());
    }

    /** Whether the row can sound at all: an error rate above 1 does not exist. */
    public boolean isReachable(Target target) {
        return errorRate(target).compareTo(BigDecimal.ONE) < 0;
    }
}
