package io.pentameter.ingest.accept;

import java.time.Duration;
import java.time.Instant;

/**
 * The times that spans may have.
 *
 * @param earliestNs earliest start, nanoseconds since the epoch, included
 * @param latestNs   latest start and end, included
 */
public record TimeWindow(long earliestNs, long latestNs) {

    private static final long NANOS = 1_000_000_000L;

    /** The window around the time of receipt. */
    public static TimeWindow around(Instant received, Duration maxAge, Duration maxAhead) {
        return new TimeWindow(nanos(received.minus(maxAge)), nanos(received.plus(maxAhead)));
    }

    /** Nanoseconds since the epoch. */
    public static long nanos(Instant instant) {
        return instant.getEpochSecond() * NANOS + instant.getNano();
    }

    public boolean contains(long ns) {
        return ns >= earliestNs && ns <= latestNs;
    }

    /** A time as a reader understands it. */
    public static String shown(long ns) {
        return ns < 0
                ? "after 2262-04-11 (" + Long.toUnsignedString(ns) + ")"
                : Instant.ofEpochSecond(ns / NANOS, ns % NANOS).toString();
    }
}
