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

    /** Records of a chunk, about: its rows must fit one block of the engine, and its work a second. */
    static final long MAX_RECORDS = 200_000;

    /** Buckets of a chunk, at most: the statement that seals them names each. */
    static final int MAX_BUCKETS = 1_000;

    Chunk {
        buckets = List.copyOf(buckets);
    }

    /** The buckets in as few chunks as the limit allows. */
    static List<Chunk> of(Collection<DirtyBucket> dirty) {
        Map<Object, List<DirtyBucket>> byTenant = grouped(dirty, DirtyBucket::tenant);
        Map<Object, List<DirtyBucket>> byStart = grouped(dirty, DirtyBucket::start);
        List<Chunk> chunks = new ArrayList<>();
        for (List<DirtyBucket> group : (byTenant.size() <= byStart.size() ? byTenant : byStart).values()) {
            cut(group, chunks);
        }
        return chunks;
    }

    SortedSet<String> tenants() {
        return new TreeSet<>(buckets.stream().map(DirtyBucket::tenant).toList());
    }

    SortedSet<Instant> starts() {
        return new TreeSet<>(buckets.stream().map(DirtyBucket::start).toList());
    }

    private static void cut(List<DirtyBucket> group, List<Chunk> chunks) {
        List<DirtyBucket> open = new ArrayList<>();
        long records = 0;
        for (DirtyBucket bucket : group) {
            if (!open.isEmpty() && (records + bucket.records() > MAX_RECORDS || open.size() == MAX_BUCKETS)) {
                chunks.add(new Chunk(open));
                open.clear();
                records = 0;
            }
            open.add(bucket);
            records += bucket.records();
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
