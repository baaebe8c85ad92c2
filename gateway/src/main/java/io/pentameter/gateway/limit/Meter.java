package io.pentameter.gateway.limit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The three buckets of one key, or of one tenant. Thread-safe. */
final class Meter {

    private final Object lock = new Object();
    private final double burstSeconds;
    private final Map<Measure, TokenBucket> buckets = new EnumMap<>(Measure.class);
    private Limits limits;

    Meter(Limits limits, double burstSeconds, long nowNanos) {
        this.limits = limits;
        this.burstSeconds = burstSeconds;
        for (Measure measure : Measure.values()) {
            buckets.put(measure, new TokenBucket(measure.rate(limits), burstSeconds, nowNanos));
        }
    }

    /** A bucket that is empty, and how long until it is not. */
    record Empty(Measure measure, Duration delay) {}

    /** A bucket as headers show it. */
    record Level(long capacity, long rate, long remaining, Duration untilOne) {}

    void adopt(Limits current, long nowNanos) {
        synchronized (lock) {
            if (!current.equals(limits)) {
                limits = current;
                buckets.forEach((measure, bucket) -> bucket.changeRate(measure.rate(current), burstSeconds, nowNanos));
            }
        }
    }

    /** The bucket that one more request has to wait for longest; empty if it may pass. */
    Optional<Empty> empty(long nowNanos) {
        synchronized (lock) {
            Empty longest = null;
            for (Measure measure : Measure.values()) {
                Duration delay = bucket(measure).until(1, nowNanos);
                if (!delay.isZero() && (longest == null || delay.compareTo(longest.delay()) > 0)) {
                    longest = new Empty(measure, delay);
                }
            }
            return Optional.ofNullable(longest);
        }
    }

    void draw(Measure measure, long amount, long nowNanos) {
        synchronized (lock) {
            bucket(measure).draw((double) amount, nowNanos);
        }
    }

    Level level(Measure measure, long nowNanos) {
        synchronized (lock) {
            TokenBucket bucket = bucket(measure);
            return new Level(bucket.capacity(), bucket.rate(), bucket.remaining(nowNanos), bucket.until(1, nowNanos));
        }
    }

    boolean isIdle(long nowNanos) {
        synchronized (lock) {
            return buckets.values().stream().allMatch(bucket -> bucket.isFull(nowNanos));
        }
    }

    private TokenBucket bucket(Measure measure) {
        return Objects.requireNonNull(buckets.get(measure));
    }
}
