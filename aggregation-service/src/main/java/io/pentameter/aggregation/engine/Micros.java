package io.pentameter.aggregation.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Microseconds since the epoch, as the tables of facts have them. */
public final class Micros {

    private Micros() {}

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    public static long of(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
