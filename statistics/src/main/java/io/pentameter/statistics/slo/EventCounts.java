package io.pentameter.statistics.slo;

/**
 * Bad events among the valid ones of a window.
 *
 * @param bad   0 to {@code valid}
 * @param valid 0 or more
 */
public record EventCounts(long bad, long valid) {

    public EventCounts {
        if (valid < 0) {
            throw new IllegalArgumentException("valid must be 0 or more: " + valid);
        }
        if (bad < 0 || bad > valid) {
            throw new IllegalArgumentException("bad must be in 0..%d: %d".formatted(valid, bad));
        }
    }

    /** Both counts of two disjoint sets of events. */
    public EventCounts plus(EventCounts other) {
        return new EventCounts(Math.addExact(bad, other.bad), Math.addExact(valid, other.valid));
    }
}
