package io.pentameter.statistics.monitoring.detector;

import io.pentameter.statistics.interval.Require;

/**
 * Whether a stream gets enough units for a detector to be worth showing.
 *
 * @param minUnitsPerDay below it the stream is starved and weekly windows are shown instead, above 0
 */
public record Feed(double minUnitsPerDay) {

    /** 20 units a day. */
    public static final Feed DEFAULT = new Feed(20);

    public Feed {
        Require.positive("minUnitsPerDay", minUnitsPerDay);
    }

    /** Whether {@code units} (0 or more) within {@code days} (above 0) are too few. */
    public boolean isStarved(long units, double days) {
        return Require.atLeast(0, "units", units) / Require.positive("days", days) < minUnitsPerDay;
    }
}
