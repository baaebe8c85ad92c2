package io.pentameter.statistics.attribution;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Numbers and times as FOCUS 1.2 wants them.
 *
 * <p>Source: FOCUS specification 1.2, attributes <i>NumericFormat</i> and <i>DateTimeFormat</i>. Numbers have no
 * thousands separators, no plus sign, and no sign before a positive exponent; {@link BigDecimal#toString} may print
 * {@code 1E+3}, which is invalid. Times are UTC, {@code yyyy-MM-ddTHH:mm:ssZ}; periods end where the next one begins.
 */
public final class FocusFormat {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private FocusFormat() {}

    /**
     * A period, its end excluded.
     *
     * @param start in the form of {@link #time}
     * @param end   likewise, after {@code start}
     */
    public record Period(String start, String end) {}

    /** {@code value} with all its digits and without exponent; 100 digits at most. */
    public static String number(BigDecimal value) {
        return Decimals.checked("value", value).toPlainString();
    }

    /** Whether {@code text} is a number by FOCUS' rules. */
    public static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Reads a number by FOCUS' rules; refuses others, such as {@code 35.2E+7} or {@code 1,000}. */
    public static BigDecimal parseNumber(String text) {
        if (!isNumber(text) || text.length() > 120) {
            throw new IllegalArgumentException("number must look like -12.5 or 35.2E-7: " + text);
        }
        try {
            return Decimals.checked("number", new BigDecimal(text));
        } catch (NumberFormatException overflow) {
            throw new IllegalArgumentException("number must have an exponent of at most 100: " + text, overflow);
        }
    }

    /** {@code time} in UTC to the second; fractions of it are cut off. */
    public static String time(Instant time) {
        return TIME.format(time.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The calendar month in UTC: BillingPeriodStart and BillingPeriodEnd. */
    public static Period billingPeriod(YearMonth month) {
        return new Period(
                time(month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant()),
                time(month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant()));
    }

    /** The hour in UTC that holds {@code time}: ChargePeriodStart and ChargePeriodEnd. */
    public static Period chargeHour(Instant time) {
        Instant start = time.truncatedTo(ChronoUnit.HOURS);
        return new Period(time(start), time(start.plus(1, ChronoUnit.HOURS)));
    }
}
