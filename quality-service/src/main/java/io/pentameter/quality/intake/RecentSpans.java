package io.pentameter.quality.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where in the log the latest answers are, by trace: a ring of fixed size, the oldest is overwritten.
 *
 * <p>Only a hash of the trace is kept, so a hit must be compared with what the log has. Empty after a restart. Safe for
 * use by several threads.
 */
final class RecentSpans {

    private static final int MIN = 1 << 10;
    private static final int MAX = 1 << 24;
    private static final int OFFSET_BITS = 48;

    private final int mask;
    private final long[] traces;
    private final long[] places;
    private final int[] olderInBucket;
    private final int[] newestInBucket;
    private int written;

    /** A place in the log; offsets up to 2⁴⁸, partitions up to 65,535. */
    record Place(int partition, long offset) {}

    RecentSpans(int size) {
        if (size < MIN || size > MAX || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException(
                    "pentameter.quality.intake.recent must be a power of two in %d..%d: %d".formatted(MIN, MAX, size));
        }
        mask = size - 1;
        traces = new long[size];
        places = new long[size];
        olderInBucket = new int[size];
        newestInBucket = new int[size];
        Arrays.fill(newestInBucket, -1);
        Arrays.fill(olderInBucket, -1);
    }

    synchronized void add(String tenant, byte[] traceId, int partition, long offset) {
        long trace = hash(tenant, traceId);
        int slot = written & mask;
        traces[slot] = trace;
        places[slot] = ((long) partition << OFFSET_BITS) | offset;
        int bucket = bucket(trace);
        olderInBucket[slot] = newestInBucket[bucket];
        newestInBucket[bucket] = written;
        written = (written + 1) & Integer.MAX_VALUE;
    }

    /** Places that may hold answers of the trace, newest first; some may be another trace's. */
    synchronized List<Place> find(String tenant, byte[] traceId) {
        long trace = hash(tenant, traceId);
        List<Place> found = new ArrayList<>();
        int at = newestInBucket[bucket(trace)];
        while (at >= 0 && isHeld(at)) {
            if (traces[at & mask] == trace) {
                long place = places[at & mask];
                found.add(new Place((int) (place >>> OFFSET_BITS), place & ((1L << OFFSET_BITS) - 1)));
            }
            int older = olderInBucket[at & mask];
            // a slot that was overwritten leads to something newer; the chain ends there
            at = older >= 0 && age(older) > age(at) ? older : -1;
        }
        return found;
    }

    private boolean isHeld(int at) {
        return age(at) <= mask;
    }

    /** How many were written after it. */
    private int age(int at) {
        return (written - 1 - at) & Integer.MAX_VALUE;
    }

    private int bucket(long trace) {
        return (int) (trace ^ (trace >>> 32)) & mask;
    }

    private static long hash(String tenant, byte[] traceId) {
        long hash = tenant.hashCode();
        for (byte one : traceId) {
            hash = (hash ^ one) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
