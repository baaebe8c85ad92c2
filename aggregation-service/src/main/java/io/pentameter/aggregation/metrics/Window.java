package io.pentameter.aggregation.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Time from {@code from}, included, to {@code to}, not included. */
public record Window(Instant from, Instant to) {

    public Window {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a window must end after it begins: %s to %s".formatted(from, to));
        }
    }

    /** The first whole second, since the epoch, that is not before {@code instant}. */
    public static long secondAtOrAfter(Instant instant) {
        return Math.ceilDiv(ChronoUnit.NANOS.between(Instant.EPOCH, instant), 1_000_000_000L);
    }

    boolean holds(Instant instant) {
        return !instant.isBefore(from) && instant.isBefore(to);
    }

    public Duration length() {
        return Duration.between(from, to);
    }
}
