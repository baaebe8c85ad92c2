package io.pentameter.ingest.vendor;

import java.time.Duration;
import java.time.Instant;

/**
 * The times that a client may name, as for spans.
 *
 * @param earliest included
 * @param latest   included
 */
public record Window(Instant earliest, Instant latest) {

    public static Window around(Instant now, Duration maxAge, Duration maxAhead) {
        return new Window(now.minus(maxAge), now.plus(maxAhead));
    }

    /** @param nanos since the epoch */
    public boolean contains(long nanos) {
        Instant time =
                Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
        return !time.isBefore(earliest) && !time.isAfter(latest);
    }

    /** For example {@code between 2026-10-22T00:00:00Z and 2026-11-21T00:10:00Z}. */
    public String sentence() {
        return "between " + earliest + " and " + latest;
    }
}
