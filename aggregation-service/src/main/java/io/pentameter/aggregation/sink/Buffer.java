package io.pentameter.aggregation.sink;

import io.pentameter.aggregation.mapping.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records that were read and not yet written. Not thread-safe. */
final class Buffer {

    private final SortedMap<Source, List<RawRecord>> records = new TreeMap<>();
    private int count;
    private long bytes;
    private @Nullable Instant since;

    void add(RawRecord record, Instant now) {
        records.computeIfAbsent(new Source(record.topic(), record.partition()), _ -> new ArrayList<>())
                .add(record);
        count++;
        bytes += record.size();
        if (since == null) {
            since = now;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean holds(Source source) {
        return records.containsKey(source);
    }

    /** Whether it is time to write. */
    boolean isDue(SinkLimits limits, Instant now) {
        return count >= limits.records()
                || bytes >= limits.bytes()
                || (since != null && !now.isBefore(since.plus(limits.age())));
    }

    /** How long until it is due by age; the limit's age if it is empty. */
    Duration rest(SinkLimits limits, Instant now) {
        Instant began = since;
        if (began == null) {
            return limits.age();
        }
        Duration rest = Duration.between(now, began.plus(limits.age()));
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    Plan plan() {
        TreeMap<Source, Plan.Range> ranges = new TreeMap<>();
        records.forEach((source, list) -> ranges.put(
                source, new Plan.Range(list.getFirst().offset(), list.getLast().offset())));
        return new Plan(ranges);
    }

    /** All records, by source and then offset: the order in which they are written, always. */
    List<RawRecord> inOrder() {
        return records.values().stream().flatMap(List::stream).toList();
    }

    /** The newest timestamp of each source. */
    Map<Source, Long> timestamps() {
        Map<Source, Long> newest = new TreeMap<>();
        records.forEach((source, list) -> newest.put(source, list.getLast().timestamp()));
        return newest;
    }

    void clear() {
        records.clear();
        count = 0;
        bytes = 0;
        since = null;
    }
}
