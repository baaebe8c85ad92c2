package io.pentameter.statistics.slo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/**
 * The rows of a multi-window, multi-burn-rate alert.
 *
 * <p>{@link #workbook}: Google, "The Site Reliability Workbook" (2018), table 5-8, whose rows are 1 h/5 m at 2 %, 6
 * h/30 m at 5 %, 3 d/6 h at 10 %; the row 1 d/2 h at 10 % between them is the addition that Sloth made common. {@code B
 * = budget share · period / long window}: 14.4, 6, 3, 1 for 30 days; 13.44, 5.6, 2.8, 0.9333 for 28.
 *
 * <p>These windows suit periods near a month. For a week, 3 days at 10 % would be a burn of 0.23: an alarm while all is
 * well. {@link #scaled} keeps the burn rates and scales the windows instead, for any period; {@link #of} chooses.
 * {@link #pyrra} is what Pyrra does.
 *
 * @param rows one or more
 */
public record BurnPolicy(List<BurnWindow> rows) {

    private static final Duration SHORTEST_MONTH = Duration.ofDays(28);
    private static final Duration LONGEST_MONTH = Duration.ofDays(31);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration LEAST_WINDOW = Duration.ofMinutes(1);

    public BurnPolicy {
        rows = List.copyOf(rows);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("rows must be one or more: 0");
        }
    }

    /** {@link #workbook} for 28 to 31 days, {@link #scaled} for any other period. */
    public static BurnPolicy of(Duration period) {
        return period.compareTo(SHORTEST_MONTH) >= 0 && period.compareTo(LONGEST_MONTH) <= 0
                ? workbook(period)
                : scaled(period);
    }

    /** The windows of the workbook; burn rates follow from the period. */
    public static BurnPolicy workbook(Duration period) {
        requirePeriod(period);
        return new BurnPolicy(List.of(
                row("0.02", Severity.PAGE, Duration.ofHours(1), Duration.ofMinutes(5), period),
                row("0.05", Severity.PAGE, Duration.ofHours(6), Duration.ofMinutes(30), period),
                row("0.10", Severity.TICKET, Duration.ofDays(1), Duration.ofHours(2), period),
                row("0.10", Severity.TICKET, Duration.ofDays(3), Duration.ofHours(6), period)));
    }

    /**
     * The burn rates of the workbook for 30 days; windows in proportion to the period, to the minute, 1 minute at
     * least.
     */
    public static BurnPolicy scaled(Duration period) {
        requirePeriod(period);
        return new BurnPolicy(workbook(MONTH).rows().stream()
                .map(row -> new BurnWindow(
                        row.severity(),
                        inProportion(row.longWindow(), period, MONTH),
                        inProportion(row.shortWindow(), period, MONTH),
                        row.burn()))
                .toList());
    }

    /**
     * Pyrra's: burn 14, 7, 2, 1 on 1 h/5 m, 6 h/30 m, 1 d/2 h, 4 d/6 h, windows in proportion to the period over 28
     * days, to the minute.
     */
    public static BurnPolicy pyrra(Duration period) {
        requirePeriod(period);
        return new BurnPolicy(List.of(
                pyrraRow(14, Severity.PAGE, Duration.ofHours(1), Duration.ofMinutes(5), period),
                pyrraRow(7, Severity.PAGE, Duration.ofHours(6), Duration.ofMinutes(30), period),
                pyrraRow(2, Severity.TICKET, Duration.ofDays(1), Duration.ofHours(2), period),
                pyrraRow(1, Severity.TICKET, Duration.ofDays(4), Duration.ofHours(6), period)));
    }

    /** How long a row must hold before it sounds in Pyrra: half of the short window, to the minute. */
    public static Duration pyrraFor(BurnWindow row) {
        return row.shortWindow().equals(Duration.ofMinutes(5))
                ? Duration.ofMinutes(2)
                : toMinute(row.shortWindow().dividedBy(2));
    }

    private static BurnWindow row(
            String share, Severity severity, Duration longWindow, Duration shortWindow, Duration period) {
        return BurnWindow.spending(new BigDecimal(share), severity, longWindow, shortWindow, period);
    }

    private static BurnWindow pyrraRow(
            int burn, Severity severity, Duration longWindow, Duration shortWindow, Duration period) {
        return new BurnWindow(
                severity,
                inProportion(longWindow, period, SHORTEST_MONTH),
                inProportion(shortWindow, period, SHORTEST_MONTH),
                BigDecimal.valueOf(burn));
    }

    private static Duration inProportion(Duration window, Duration period, Duration reference) {
        BigDecimal millis = BigDecimal.valueOf(window.toMillis())
                .multiply(BigDecimal.valueOf(period.toMillis()))
                .divide(BigDecimal.valueOf(reference.toMillis()), 0, RoundingMode.HALF_UP);
        Duration exact = toMinute(Duration.ofMillis(millis.longValueExact()));
        return exact.compareTo(LEAST_WINDOW) < 0 ? LEAST_WINDOW : exact;
    }

    private static Duration toMinute(Duration duration) {
        return Duration.ofMinutes(Math.floorDiv(duration.toMillis() + 30_000, 60_000));
    }

    private static void requirePeriod(Duration period) {
        if (period.compareTo(Duration.ofHours(1)) < 0) {
            throw new IllegalArgumentException("period must be 1 hour or more: " + period);
        }
    }
}
