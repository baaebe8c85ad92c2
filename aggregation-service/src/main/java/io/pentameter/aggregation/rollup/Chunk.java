package io.pentameter.aggregation.rollup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Buckets that one insert seals: either of one tenant, or of one time, so that they are exactly the combinations of
 * {@link #tenants} and {@link #starts}.
 */
record Chunk(List<DirtyBucket> buckets) {

    /** Rows that a chunk sums, about: its own must fit one block of the engine, and its work a second. */
    static final long MAX_ROWS = 200_000;

    /** Buckets of a chunk, at most: the statement that seals them names each. */
    static final int MAX_BUCKETS = 1_000;

    Chunk {
        buckets = List.copyOf(buckets);
    }

    /** The buckets in as few chunks as the limit allows. */
    static List<Chunk> of(Collection<DirtyBucket> dirty) {
        Map<Object, List<DirtyBucket>> byTenant = grouped(dirty, DirtyBucket::tenant);
        Map<Object, List<DirtyBucket>> byStart = grouped(dirty, DirtyBucket::start);
        return cut(byTenant.size() <= byStart.size() ? byTenant : byStart);
    }

    /** The same, each chunk of one tenant: what it has declared then holds for all of its buckets. */
    static List<Chunk> ofEachTenant(Collection<DirtyBucket> dirty) {
        return cut(grouped(dirty, DirtyBucket::tenant));
    }

    SortedSet<String> tenants() {
        return new TreeSet<>(buckets.stream().map(DirtyBucket::tenant).toList());
    }

    SortedSet<Instant> starts() {
        return new TreeSet<>(buckets.stream().map(DirtyBucket::start).toList());
    }

    /** What was declared when the buckets were looked at; only of use in chunks of one tenant. */
    List<String> attributes() {
        return buckets.getFirst().attributes();
    }

    private static List<Chunk> cut(Map<Object, List<DirtyBucket>> groups) {
        List<Chunk> chunks = new ArrayList<>();
        groups.values().forEach(group -> cut(group, chunks));
        return chunks;
    }

    private static void cut(List<DirtyBucket> group, List<Chunk> chunks) {
        List<DirtyBucket> open = new ArrayList<>();
        long rows = 0;
        for (DirtyBucket bucket : group) {
            if (!open.isEmpty() && (rows + bucket.rows() > MAX_ROWS || open.size() == MAX_BUCKETS)) {
                chunks.add(new Chunk(open));
                open.clear();
                rows = 0;
            }
            open.add(bucket);
            rows += bucket.rows();
        }
        chunks.add(new Chunk(open));
    }

    private static Map<Object, List<DirtyBucket>> grouped(
            Collection<DirtyBucket> dirty, Function<DirtyBucket, Object> key) {
        Map<Object, List<DirtyBucket>> groups = new LinkedHashMap<>();
        dirty.forEach(bucket -> groups.computeIfAbsent(key.apply(bucket), _ -> new ArrayList<>())
                .add(bucket));
        return groups;
    }
}
