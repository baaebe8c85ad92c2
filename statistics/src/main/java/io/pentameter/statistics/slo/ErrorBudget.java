package io.pentameter.statistics.slo;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * What may go wrong in a period, and what has; in decimal arithmetic.
 *
 * <pre>
 * budget = (1-SLO) · valid      consumed = bad / budget      burn = (bad/valid) / (1-SLO)
 * </pre>
 *
 * <p>Source: Google, "The Site Reliability Workbook" (2018), chapter 5. A budget of events grows with traffic during
 * the period; the share consumed can fall again.
 *
 * <p>Not for sampled quality, whose budget is an interval ({@link QualityObjective#remaining}).
 *
 * @param target what was promised
 * @param counts events of the period so far
 */
public record ErrorBudget(Target target, EventCounts counts) {

    private static final MathContext DIGITS = new MathContext(20, RoundingMode.HALF_EVEN);

    /** Bad events that are allowed among the valid ones so far; exact. */
    public BigDecimal events() {
        return target.budget().multiply(BigDecimal.valueOf(counts.valid()));
    }

    /** Bad events that are still allowed; negative when overspent; exact. */
    public BigDecimal remainingEvents() {
        return events().subtract(BigDecimal.valueOf(counts.bad()));
    }

    /** Share of the budget that is used up, above 1 when overspent; empty without valid events. */
    public Optional<BigDecimal> consumed() {
        return counts.valid() == 0
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(counts.bad()).divide(events(), DIGITS));
    }

    /** {@code 1 - consumed}; negative when overspent. */
    public Optional<BigDecimal> remaining() {
        return consumed().map(BigDecimal.ONE::subtract);
    }

    /**
     * How many times faster than evenly the budget is used; the same number as {@link #consumed}, read over a window.
     */
    public Optional<BigDecimal> burn() {
        return consumed();
    }

    /** Time that may be entirely bad within {@code period}: 43.2 minutes of 30 days at 99.9 %. */
    public static Duration timeBudget(Target target, Duration period) {
        return scaled(period, target.budget());
    }

    /**
     * Time until the budget is used up.
     *
     * @param period    of the objective
     * @param remaining share of the budget left, 0 to 1; 0 or less gives no time at all
     * @param burn      above 0
     */
    public static Duration timeToExhaustion(Duration period, BigDecimal remaining, BigDecimal burn) {
        requirePositive("burn", burn);
        return scaled(period, remaining.max(BigDecimal.ZERO).divide(burn, DIGITS));
    }

    /**
     * Time until a window's burn reaches {@code burn} when errors begin out of nothing at an even rate.
     *
     * @param window    the long window
     * @param errorRate share of bad events from now on, above 0, at most 1
     * @return empty if the rate is too low to ever reach it
     */
    public static Optional<Duration> timeToDetection(
            Target target, Duration window, BigDecimal burn, BigDecimal errorRate) {
        requirePositive("burn", burn);
        requirePositive("errorRate", errorRate);
        BigDecimal share = burn.multiply(target.budget()).divide(errorRate, DIGITS);
        return share.compareTo(BigDecimal.ONE) > 0 ? Optional.empty() : Optional.of(scaled(window, share));
    }

    private static Duration scaled(Duration duration, BigDecimal factor) {
        return Duration.ofMillis(BigDecimal.valueOf(duration.toMillis())
                .multiply(factor)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact());
    }

    private static void requirePositive(String name, BigDecimal value) {
        if (value.signum() <= 0) {
            throw new IllegalArgumentException("%s must be above 0: %s".formatted(name, value));
        }
    }
}
