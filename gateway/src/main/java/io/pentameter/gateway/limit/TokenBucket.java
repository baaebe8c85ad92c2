package io.pentameter.gateway.limit;

import java.time.Duration;

/**
 * A bucket that fills at a steady rate and may be drawn below empty.
 *
 * <p>What a request costs in spans and bytes is known only after it was served, so {@link #draw} never refuses; it is the
 * next request that waits until the level is above zero again. Not thread-safe: {@link Meter} guards it.
 *
 * <p>Time is a count of nanoseconds from any fixed start that never runs backwards.
 */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private long rate;
    private double capacity;
    private double level;
    private long at;

    /**
     * A full bucket.
     *
     * @param rate         units per second, 1 or more
     * @param burstSeconds seconds of the rate that fit in, above 0
     */
    TokenBucket(long rate, double burstSeconds, long nowNanos) {
        this.rate = rate;
        this.capacity = Math.max(1, rate * burstSeconds);
        this.level = capacity;
        this.at = nowNanos;
    }

    /** Takes another rate from now on; what is in the bucket stays in proportion. */
    void changeRate(long newRate, double burstSeconds, long nowNanos) {
        if (newRate == rate) {
            return;
        }
        fill(nowNanos);
        double newCapacity = Math.max(1, newRate * burstSeconds);
        level = level * newCapacity / capacity;
        rate = newRate;
        capacity = newCapacity;
    }

    /** Whether {@code amount} may be drawn without going below zero. */
    boolean has(double amount, long nowNanos) {
        fill(nowNanos);
        return level >= amount;
    }

    /** Takes out {@code amount}, even if that leaves less than nothing. */
    void draw(double amount, long nowNanos) {
        fill(nowNanos);
        level -= amount;
    }

    /** How long until {@link #has} says yes; zero if it does now. */
    Duration until(double amount, long nowNanos) {
        fill(nowNanos);
        double missing = Math.min(amount, capacity) - level;
        return missing <= 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(missing / rate * NANOS));
    }

    /** Whole units that could be drawn now; never below zero. */
    long remaining(long nowNanos) {
        fill(nowNanos);
        return Math.max(0, (long) Math.floor(level));
    }

    long rate() {
        return rate;
    }

    long capacity() {
        return (long) capacity;
    }

    boolean isFull(long nowNanos) {
        fill(nowNanos);
        return level >= capacity;
    }

    private void fill(long nowNanos) {
        if (nowNanos > at) {
            level = Math.min(capacity, level + (nowNanos - at) / NANOS * rate);
            at = nowNanos;
        }
    }
}
