package io.pentameter.statistics.quantile;

import io.pentameter.statistics.interval.Require;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A histogram in memory over {@link LogBuckets}: add, merge, ask for quantiles, store.
 *
 * <p>Merging adds counts, so a sketch of all data and the merge of any sharding of it are equal, bit for bit. Quantiles
 * are within 1 % of the exact value of the same rank, see {@link LogBuckets}. Memory is 8 bytes for each bucket between
 * the least and the largest one used: 1 ms to 10 minutes take 670 buckets, all there are take 512 KiB.
 *
 * <p>Not for rows with unequal weights ({@link WeightedLogSketch}) and not safe for use by several threads.
 *
 * <p>Source: C. Masson, J. E. Rim, H. K. Lee, "DDSketch", PVLDB 12 (2019), 2195–2205.
 */
public final class LogSketch {

    private static final byte FORMAT = 1;

    private long zeros;
    private long total;
    /** Bucket of {@code counts[0]}; means nothing while {@code counts} is empty. */
    private int first;

    private long[] counts = {};

    /** Counts one value, see {@link LogBuckets#index} for its range. */
    public void add(double value) {
        addTo(LogBuckets.index(value), 1);
    }

    /** Counts {@code count} values of one bucket; {@code count} is 0 or more. */
    public void add(short bucket, long count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must be 0 or more: " + count);
        }
        if (count > 0) {
            addTo(bucket, count);
        }
    }

    private void addTo(short bucket, long count) {
        total = Math.addExact(total, count);
        if (bucket == LogBuckets.ZERO_BUCKET) {
            zeros += count;
            return;
        }
        int position = bucket - first;
        if (position < 0 || position >= counts.length) {
            reach(bucket);
            position = bucket - first;
        }
        counts[position] += count;
    }

    /** Makes room for {@code bucket}, with a margin so that a drifting range does not copy on each value. */
    private void reach(short bucket) {
        if (counts.length == 0) {
            first = Math.max(bucket - 32, LogBuckets.ZERO_BUCKET + 1);
            counts = new long[64];
            return;
        }
        int margin = Math.max(32, counts.length / 4);
        int last = first + counts.length - 1;
        int newFirst = bucket < first ? Math.max(bucket - margin, LogBuckets.ZERO_BUCKET + 1) : first;
        int newLast = bucket > last ? bucket + margin : last;
        long[] grown = new long[newLast - newFirst + 1];
        System.arraycopy(counts, 0, grown, first - newFirst, counts.length);
        counts = grown;
        first = newFirst;
    }

    /** Adds all of {@code other}, which stays as it is. */
    public void merge(LogSketch other) {
        other.buckets().forEach(this::add);
    }

    /** How many values were counted. */
    public long total() {
        return total;
    }

    /** The histogram as ClickHouse stores it: non-zero counts by bucket, ascending. */
    public Map<Short, Long> buckets() {
        TreeMap<Short, Long> buckets = new TreeMap<>();
        if (zeros > 0) {
            buckets.put(LogBuckets.ZERO_BUCKET, zeros);
        }
        for (int position = 0; position < counts.length; position++) {
            if (counts[position] > 0) {
                buckets.put((short) (first + position), counts[position]);
            }
        }
        return buckets;
    }

    /** A sketch with the counts of a stored histogram. */
    public static LogSketch of(Map<Short, Long> buckets) {
        LogSketch sketch = new LogSketch();
        buckets.forEach(sketch::add);
        return sketch;
    }

    /** As {@link LogBuckets#quantile}. */
    public OptionalDouble quantile(double q) {
        Require.share("q", q);
        if (total == 0) {
            return OptionalDouble.empty();
        }
        double rank = q * (total - 1);
        long seen = zeros;
        if (seen > rank) {
            return OptionalDouble.of(0);
        }
        int last = 0;
        for (int position = 0; position < counts.length; position++) {
            if (counts[position] > 0) {
                last = position;
                seen += counts[position];
                if (seen > rank) {
                    break;
                }
            }
        }
        return OptionalDouble.of(LogBuckets.representative((short) (first + last)));
    }

    /**
     * A copy in which all values below the {@code maxBuckets} highest buckets count in the lowest of them.
     *
     * <p>Bounds the size of what is stored. Quantiles that fall into the kept part keep their error bound; those below
     * are overestimated. As the kept range hangs only on the largest value, collapsing before or after a merge gives
     * the same.
     *
     * @param maxBuckets 1 or more; the zero bucket does not count and is kept
     */
    public LogSketch collapsedTo(int maxBuckets) {
        if (maxBuckets < 1) {
            throw new IllegalArgumentException("maxBuckets must be 1 or more: " + maxBuckets);
        }
        LogSketch collapsed = new LogSketch();
        Map<Short, Long> buckets = buckets();
        int lowest = buckets.keySet().stream().mapToInt(Short::intValue).max().orElse(0) - maxBuckets + 1;
        buckets.forEach((bucket, count) ->
                collapsed.add(bucket == LogBuckets.ZERO_BUCKET ? bucket : (short) Math.max(bucket, lowest), count));
        return collapsed;
    }

    /**
     * The sketch as bytes: format 1, the count of zeros, the number of buckets, then for each bucket its distance to
     * the one before and its count, as variable-length integers (7 bits a byte, least first).
     */
    public byte[] toBytes() {
        Map<Short, Long> buckets = buckets();
        buckets.remove(LogBuckets.ZERO_BUCKET);
        ByteBuffer bytes = ByteBuffer.allocate(1 + 9 + 3 + buckets.size() * (3 + 9));
        bytes.put(FORMAT);
        VariableLength.put(bytes, zeros);
        VariableLength.put(bytes, buckets.size());
        int before = LogBuckets.ZERO_BUCKET;
        for (Map.Entry<Short, Long> entry : buckets.entrySet()) {
            VariableLength.put(bytes, entry.getKey() - before);
            VariableLength.put(bytes, entry.getValue());
            before = entry.getKey();
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Reads what {@link #toBytes} wrote; anything else is refused with {@link IllegalArgumentException}. */
    public static LogSketch fromBytes(byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        if (!bytes.hasRemaining() || bytes.get() != FORMAT) {
            throw new IllegalArgumentException("sketch must start with format " + FORMAT);
        }
        LogSketch sketch = new LogSketch();
        sketch.add(LogBuckets.ZERO_BUCKET, VariableLength.get(bytes));
        long size = VariableLength.get(bytes);
        long bucket = LogBuckets.ZERO_BUCKET;
        for (long i = 0; i < size; i++) {
            long step = VariableLength.get(bytes);
            long count = VariableLength.get(bytes);
            if (step < 1 || step > Short.MAX_VALUE - bucket || count < 1) {
                throw new IllegalArgumentException(
                        "sketch must hold rising buckets with counts: step %s, count %s".formatted(step, count));
            }
            bucket += step;
            sketch.add((short) bucket, count);
        }
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException(
                    "sketch must end after its buckets: %s bytes left".formatted(bytes.remaining()));
        }
        return sketch;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogSketch sketch && buckets().equals(sketch.buckets());
    }

    @Override
    public int hashCode() {
        return buckets().hashCode();
    }

    @Override
    public String toString() {
        return "LogSketch[total=%s, buckets=%s]".formatted(total, buckets().size());
    }
}
