package io.pentameter.statistics.monitoring.detector;

/** Which change a detector looks for. */
public enum Direction {
    /** The mean falls below the null: quality, success. */
    DROP,
    /** The mean rises above it: errors, refusals, share of slow answers. */
    RISE
}
