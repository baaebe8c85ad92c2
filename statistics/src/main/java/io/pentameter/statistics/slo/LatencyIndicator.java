package io.pentameter.statistics.slo;

import java.time.Duration;
import java.util.Optional;

/**
 * Turns a latency into a good or bad event: an objective on latency is a ratio of counters, never a quantile.
 *
 * <p>"99 % of answers begin within 2 s" can be counted, added up over shards and days, and budgeted; "p99 is below 2 s"
 * cannot.
 *
 * <p>Source: Google, The Site Reliability Workbook, 2018, chapter 2. Not for averages.
 *
 * @param moment what is timed
 * @param threshold slowest good event, included; above 0
 */
public record LatencyIndicator(Moment moment, Duration threshold) {

    /** The end of the span of time; it starts when the user asked. */
    public enum Moment {
        /** First token shown. */
        FIRST_TOKEN,
        /** Answer complete. */
        ANSWER_COMPLETE
    }

    /** What an event counts as. */
    public enum Outcome {
        /** In time. */
        GOOD,
        /** Late, or never. */
        BAD,
        /** Not a valid event; counts nowhere. */
        EXCLUDED
    }

    public LatencyIndicator {
        if (!threshold.isPositive()) {
            throw new IllegalArgumentException("threshold must be above 0: " + threshold);
        }
    }

    /**
     * Judges one logical request.
     *
     * @param valid false for requests that the objective does not speak of, such as those refused as malformed or
     *     cancelled by the user
     * @param latency until the moment; empty if it never came, which is bad
     */
    public Outcome judge(boolean valid, Optional<Duration> latency) {
        if (!valid) {
            return Outcome.EXCLUDED;
        }
        return latency.isPresent() && latency.get().compareTo(threshold) <= 0 ? Outcome.GOOD : Outcome.BAD;
    }
}
