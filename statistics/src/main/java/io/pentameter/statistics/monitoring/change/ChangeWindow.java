package io.pentameter.statistics.monitoring.change;

import java.time.Instant;

/**
 * A {@link ChangeTimeSet} on the clock.
 *
 * @param from earliest moment of the change
 * @param best most likely one
 * @param to   latest one
 */
public record ChangeWindow(Instant from, Instant best, Instant to) {

    public ChangeWindow {
        if (best.isBefore(from) || to.isBefore(best)) {
            throw new IllegalArgumentException("from, best and to must rise: %s, %s, %s".formatted(from, best, to));
        }
    }

    /** How two changes lie in time. */
    public enum Order {
        /** The first ended before the second could begin. */
        BEFORE,
        /** They overlap: nothing can be said. */
        SIMULTANEOUS,
        /** The first began after the second must have ended. */
        AFTER
    }

    /** This change against {@code other}; sets that touch are simultaneous. A hint for people, never a cause. */
    public Order comparedTo(ChangeWindow other) {
        if (to.isBefore(other.from)) {
            return Order.BEFORE;
        }
        return other.to.isBefore(from) ? Order.AFTER : Order.SIMULTANEOUS;
    }
}
