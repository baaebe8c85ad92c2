package io.pentameter.statistics.slo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The share of valid events that must be good; exact, as written.
 *
 * @param value strictly between 0 and 1, such as 0.999
 */
public record Target(BigDecimal value) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public Target {
        if (value.signum() <= 0 || value.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("target must be between 0 and 1, ends excluded: " + value);
        }
        if (value.scale() > 12) {
            throw new IllegalArgumentException("target must have at most 12 digits after the point: " + value);
        }
    }

    /** Of a decimal such as {@code 0.999}. */
    public static Target of(String value) {
        return new Target(new BigDecimal(value));
    }

    /** Of a percentage such as {@code 99.9}, strictly between 0 and 100. */
    public static Target ofPercent(BigDecimal percent) {
        return new Target(percent.movePointLeft(2));
    }

    /** The value in percent, without idle zeros. */
    public BigDecimal percent() {
        BigDecimal percent = value.multiply(HUNDRED).stripTrailingZeros();
        return percent.scale() < 0 ? percent.setScale(0, RoundingMode.UNNECESSARY) : percent;
    }

    /** The share that may be bad, {@code 1 - value}. */
    public BigDecimal budget() {
        return BigDecimal.ONE.subtract(value);
    }

    /**
     * Why the target makes no sense for so few events; empty if it does.
     *
     * <p>With less than one bad event allowed in the period, the first one breaks the objective, whatever it says.
     *
     * @param eventsPerPeriod valid events expected in the period, 0 or more
     */
    public Optional<String> refusalFor(long eventsPerPeriod) {
        BigDecimal needed = BigDecimal.ONE.divide(budget(), 0, RoundingMode.CEILING);
        return BigDecimal.valueOf(eventsPerPeriod).multiply(budget()).compareTo(BigDecimal.ONE) >= 0
                ? Optional.empty()
                : Optional.of("A target of %s needs at least %s events in the period: %d"
                        .formatted(value.toPlainString(), needed.toPlainString(), eventsPerPeriod));
    }
}
