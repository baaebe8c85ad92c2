package io.pentameter.statistics.verification;

/** How many of the replicates of a full run are made. */
public enum Effort {
    /** All: minutes. */
    FULL(1),
    /** A tenth: tells whether everything still runs and nothing is far off. */
    QUICK(10);

    private final int divisor;

    Effort(int divisor) {
        this.divisor = divisor;
    }

    /** Replicates to run when a full run makes {@code full}; at least 20, or {@code full} if that is less. */
    public int of(int full) {
        return Math.max(Math.min(20, full), full / divisor);
    }
}
