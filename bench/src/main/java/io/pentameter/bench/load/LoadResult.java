package io.pentameter.bench.load;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What one run at a fixed rate gave.
 *
 * @param intendedRate spans per second that were to be sent
 * @param sent         spans sent
 * @param acknowledged spans in requests answered with 200
 * @param throttled    requests answered with 429 or 503
 * @param failed       requests answered otherwise, or not at all
 * @param sending      from the first intended time to the last send
 * @param whole        from the first intended time to the last answer
 * @param latency      nanoseconds from intended time to answer, one value for each request
 */
public record LoadResult(
        double intendedRate,
        long sent,
        long acknowledged,
        long throttled,
        long failed,
        Duration sending,
        Duration whole,
        Histogram latency) {

    /** Acknowledged spans per second over the whole run. */
    public double rate() {
        return acknowledged / (whole.toNanos() / 1e9);
    }

    /**
     * Whether the rate was held: all acknowledged, and the p99 of the answers below the bound.
     *
     * @param bound p99 latency above which a rate does not count as held
     */
    public boolean isHeld(Duration bound) {
        return failed == 0 && throttled == 0 && acknowledged == sent && percentile(99) <= bound.toNanos();
    }

    /**
     * Latency in nanoseconds.
     *
     * @param percentile 0 to 100
     */
    public long percentile(double percentile) {
        return latency.getValueAtPercentile(percentile);
    }
}
