package io.pentameter.gateway.proxy;

import java.util.concurrent.TimeUnit;

/**
 * Tells a body that comes too slowly. Time is a count of nanoseconds that never runs backwards; not thread-safe.
 *
 * <p>Silence while the service does not take more is not the client's: it does not count.
 */
final class BodyClock {

    private final Limits limits;
    private long begun;
    private long last;
    private boolean isBlocked;

    /**
     * @param maxSilenceMillis longest pause between two pieces, above 0
     * @param maxTimeMillis    longest time for the whole, above 0
     */
    record Limits(long maxSilenceMillis, long maxTimeMillis) {

        private static final long MAX_CHECK_MILLIS = 5_000;

        Limits {
            if (maxSilenceMillis < 1 || maxTimeMillis < 1) {
                throw new IllegalArgumentException(
                        "times must be above 0: %d ms, %d ms".formatted(maxSilenceMillis, maxTimeMillis));
            }
        }

        /** How often it is worth looking. */
        long checkMillis() {
            return Math.clamp(Math.min(maxSilenceMillis, maxTimeMillis) / 3, 1, MAX_CHECK_MILLIS);
        }
    }

    BodyClock(Limits limits, long nanos) {
        this.limits = limits;
        restart(nanos);
    }

    /** A new wait begins. */
    void restart(long nanos) {
        begun = nanos;
        last = nanos;
        isBlocked = false;
    }

    /** A piece came. */
    void read(long nanos) {
        last = nanos;
    }

    /** The service does not take more for now. */
    void blocked() {
        isBlocked = true;
    }

    /** The service takes more again. */
    void unblocked(long nanos) {
        isBlocked = false;
        last = nanos;
    }

    long silentMillis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - last);
    }

    boolean isLate(long nanos) {
        return (!isBlocked && silentMillis(nanos) > limits.maxSilenceMillis())
                || TimeUnit.NANOSECONDS.toMillis(nanos - begun) > limits.maxTimeMillis();
    }
}
