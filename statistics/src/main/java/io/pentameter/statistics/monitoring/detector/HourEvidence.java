package io.pentameter.statistics.monitoring.detector;

import io.pentameter.statistics.interval.Require;

/**
 * The evidence of one hour, so far: the product of all its units' factors for each bet, as a sum of logarithms.
 *
 * <p>Inside an hour the order of units does not matter. To make that true to the last bit, each logarithm is rounded
 * down to a multiple of 2⁻⁵⁶ and the multiples are added exactly. Shards of an hour {@link #merge} by addition. It does
 * not know unit ids: give it each unit once, {@link HourOfUnits} sees to that. Not safe for use by several threads.
 */
public final class HourEvidence {

    private static final double SCALE = 0x1p56;
    private static final int LOW_BITS = 32;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;

    private final Bets bets;
    /** Sums of the upper and of the lower 32 bits of the multiples; 2³¹ units fit. */
    private final long[] high;

    private final long[] low;
    private long units;

    public HourEvidence(Bets bets) {
        this.bets = bets;
        high = new long[bets.size()];
        low = new long[bets.size()];
    }

    /** Takes in one unit with score {@code x} in 0..1. */
    public void add(double x) {
        for (int k = 0; k < high.length; k++) {
            long nats = (long) Math.floor(bets.logFactor(k, x) * SCALE);
            high[k] += nats >> LOW_BITS;
            low[k] += nats & LOW_MASK;
        }
        units++;
    }

    /**
     * Takes in {@code count} units that all have score {@code x}; the same as so many single ones, at the price of one.
     */
    public void add(double x, long count) {
        Require.atLeast(0, "count", count);
        for (int k = 0; k < high.length; k++) {
            long nats = (long) Math.floor(bets.logFactor(k, x) * SCALE);
            high[k] = Math.addExact(high[k], Math.multiplyExact(nats >> LOW_BITS, count));
            low[k] = Math.addExact(low[k], Math.multiplyExact(nats & LOW_MASK, count));
        }
        units += count;
    }

    /** Adds the units of another shard of the same hour, which must have been bet on alike. */
    public void merge(HourEvidence other) {
        if (!bets.equals(other.bets)) {
            throw new IllegalArgumentException("bets must be the same: %s and %s".formatted(bets, other.bets));
        }
        for (int k = 0; k < high.length; k++) {
            high[k] = Math.addExact(high[k], other.high[k]);
            low[k] = Math.addExact(low[k], other.low[k]);
        }
        units += other.units;
    }

    /** How many units were taken in. */
    public long units() {
        return units;
    }

    /** Logarithm of the product of the factors of bet {@code k}. */
    public double logFactor(int k) {
        long carried = high[k] + (low[k] >> LOW_BITS);
        return (carried * (double) (1L << LOW_BITS) + (low[k] & LOW_MASK)) / SCALE;
    }

    /** Number of bets. */
    public int bets() {
        return high.length;
    }
}
