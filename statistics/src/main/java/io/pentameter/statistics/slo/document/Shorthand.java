package io.pentameter.statistics.slo.document;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as OpenSLO writes it: a count and one of m, h, d, w, M, Q, Y.
 *
 * @param count above 0, at most 100 000
 * @param unit  minutes, hours, days, weeks, months, quarters, years
 */
public record Shorthand(int count, char unit) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([mhdwMQY])");
    private static final Pattern PROMETHEUS = Pattern.compile("([0-9]{1,9})(ms|[smhdwy])");
    private static final Map<Character, Duration> UNITS = Map.of(
            'm', Duration.ofMinutes(1),
            'h', Duration.ofHours(1),
            'd', Duration.ofDays(1),
            'w', Duration.ofDays(7),
            'M', Duration.ofDays(30),
            'Q', Duration.ofDays(90),
            'Y', Duration.ofDays(365));
    private static final Map<String, Duration> PROMETHEUS_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7),
            "y", Duration.ofDays(365));

    public Shorthand {
        if (count < 1 || count > 100_000 || !UNITS.containsKey(unit)) {
            throw new IllegalArgumentException(
                    "duration must be 1 to 100000 of m, h, d, w, M, Q or Y: %d%c".formatted(count, unit));
        }
    }

    /** Reads {@code 30d} and the like. */
    public static Shorthand parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("duration must look like 5m, 4w or 1M: " + text);
        }
        return new Shorthand(
                Integer.parseInt(matcher.group(1)), matcher.group(2).charAt(0));
    }

    /** The largest unit of w, d, h, m that {@code duration} is a whole number of; seconds are rounded up to minutes. */
    public static Shorthand of(Duration duration) {
        long minutes = Math.max(1, Math.ceilDiv(duration.toMillis(), 60_000L));
        for (char unit : List.of('w', 'd', 'h')) {
            long length = UNITS.getOrDefault(unit, Duration.ofMinutes(1)).toMinutes();
            if (minutes % length == 0) {
                return new Shorthand(Math.toIntExact(minutes / length), unit);
            }
        }
        return new Shorthand(Math.toIntExact(minutes), 'm');
    }

    /** Reads a Prometheus duration such as {@code 1h30m}. */
    static Duration parsePrometheus(String text) {
        Matcher matcher = PROMETHEUS.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            Duration unit = PROMETHEUS_UNITS.getOrDefault(matcher.group(2), Duration.ZERO);
            sum = sum.plus(unit.multipliedBy(Long.parseLong(matcher.group(1))));
            end = matcher.end();
        }
        if (end == 0 || end != text.length() || sum.isZero()) {
            throw new IllegalArgumentException("duration must look like 5m, 4w or 1h30m: " + text);
        }
        return sum;
    }

    /** The length; a month counts as 30 days, a quarter as 90, a year as 365. */
    public Duration toDuration() {
        return UNITS.getOrDefault(unit, Duration.ZERO).multipliedBy(count);
    }

    /** The form that is parsed. */
    @Override
    public String toString() {
        return count + String.valueOf(unit);
    }
}
