package io.pentameter.statistics.sampling;

import io.pentameter.statistics.interval.Require;

/**
 * A day's budget of judge calls over the slots of the day, in proportion to the traffic that is expected; what a slot leaves over
 * goes to the next.
 *
 * <p>A slot may use what is planned up to and with it, less what the day has used: the day's budget is never exceeded.
 *
 * <p>The rule is Pentameter's. Not for a budget of money that a single call can exceed.
 */
public final class SlotBudget {

    private final long[] planned;

    /**
     * Plans a day.
     *
     * @param daily    judge calls of the day, 0 or more
     * @param expected traffic by slot, each 0 or more in any unit, at least one above 0; 96 slots of 15 minutes are usual
     */
    public SlotBudget(long daily, double... expected) {
        planned = LargestRemainder.divide(daily, expected);
    }

    /** Slots of the day. */
    public int slots() {
        return planned.length;
    }

    /** What was planned for the slot alone, before anything is carried over. */
    public long planned(int slot) {
        return planned[slot];
    }

    /**
     * Judge calls that the slot may make.
     *
     * @param slot      0 to {@link #slots} - 1
     * @param usedSoFar judge calls of this day before the slot, 0 or more
     */
    public long available(int slot, long usedSoFar) {
        Require.atLeast(0, "usedSoFar", usedSoFar);
        long due = 0;
        for (int i = 0; i <= slot; i++) {
            due += planned[i];
        }
        return Math.max(0, due - usedSoFar);
    }
}
