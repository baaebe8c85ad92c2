package io.pentameter.aggregation.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The points of a series: they begin at multiples of the interval since the epoch. */
final class Points {

    private Points() {}

    static long count(Window window, Duration interval) {
        long seconds = interval.toSeconds();
        long last = Math.ceilDiv(Window.secondAtOrAfter(window.to()), seconds);
        return last - Math.floorDiv(window.from().getEpochSecond(), seconds);
    }

    /** Where the points begin; the first may begin before the window. */
    static List<Instant> of(Window window, Duration interval) {
        long seconds = interval.toSeconds();
        long first = Math.floorDiv(window.from().getEpochSecond(), seconds) * seconds;
        long count = count(window, interval);
        List<Instant> starts = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            starts.add(Instant.ofEpochSecond(first + i * seconds));
        }
        return starts;
    }
}
