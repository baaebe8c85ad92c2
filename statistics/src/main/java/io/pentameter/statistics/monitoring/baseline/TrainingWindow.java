package io.pentameter.statistics.monitoring.baseline;

import io.pentameter.statistics.interval.Require;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which past hours a baseline may learn from, and when they are enough.
 *
 * <p>28 days, 14 days and 500 units are Pentameter's choice.
 *
 * @param end        the window ends here, not included
 * @param length     28 days by default
 * @param exclusions incidents and epochs of other versions; nothing in them is learned
 */
public record TrainingWindow(Instant end, Duration length, List<Exclusion> exclusions) {

    /** The usual length. */
    public static final Duration USUAL = Duration.ofDays(28);

    private static final Duration LEAST_DAYS = Duration.ofDays(14);
    private static final long LEAST_UNITS = 500;

    /** A stretch of time that is not normal, {@code from} included, {@code to} not. */
    public record Exclusion(Instant from, Instant to) {

        public Exclusion {
            if (to.isBefore(from)) {
                throw new IllegalArgumentException("to must not be before %s: %s".formatted(from, to));
            }
        }

        boolean holds(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    public TrainingWindow {
        exclusions = List.copyOf(exclusions);
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("length must be above 0: " + length);
        }
    }

    /** Whether a unit of the hour that begins at {@code hour} may be learned from. */
    public boolean holds(Instant hour) {
        return hour.isBefore(end)
                && !hour.isBefore(end.minus(length))
                && exclusions.stream().noneMatch(exclusion -> exclusion.holds(hour));
    }

    /** Whether 14 days and 500 units have come together; before that a stream stays in {@code learning}. */
    public static boolean suffices(Duration learned, long units) {
        Require.atLeast(0, "units", units);
        return learned.compareTo(LEAST_DAYS) >= 0 && units >= LEAST_UNITS;
    }
}
