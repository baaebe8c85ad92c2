package io.pentameter.aggregation.mapping;

import io.pentameter.aggregation.engine.RowBinary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows that a batch of records makes, by table, and how many records came from where. Not thread-safe. */
public final class BatchRows {

    private static final long MICROS_PER_MINUTE = 60_000_000L;

    private final Map<Table, RowBinary> tables = new LinkedHashMap<>();
    private final Map<Share, Long> shares = new TreeMap<>();
    private final List<Relative> spans = new ArrayList<>();

    /**
     * What a count of records is about.
     *
     * @param bucket start of the five minutes in which the span began, seconds since the epoch; 0 for dead letters
     * @param minute in which the record was received, seconds since the epoch
     * @param reason of a dead letter, else empty
     */
    public record Share(String tenant, long bucket, long minute, String keyId, String reason)
            implements Comparable<Share> {

        @Override
        public int compareTo(Share other) {
            int order = tenant.compareTo(other.tenant);
            order = order == 0 ? Long.compare(bucket, other.bucket) : order;
            order = order == 0 ? Long.compare(minute, other.minute) : order;
            order = order == 0 ? keyId.compareTo(other.keyId) : order;
            return order == 0 ? reason.compareTo(other.reason) : order;
        }
    }

    /** Where to write rows of {@code table}. */
    public RowBinary of(Table table) {
        return tables.computeIfAbsent(table, _ -> new RowBinary());
    }

    /** In the order in which the tables were first written to. */
    public Map<Table, RowBinary> tables() {
        return tables;
    }

    /** Places of the batch's spans in their traces. */
    public List<Relative> spans() {
        return spans;
    }

    void note(Relative span) {
        spans.add(span);
    }

    /** Counts a stored span. */
    void countSpan(String tenant, long startNanos, long receivedAtMicros, String keyId) {
        long bucket = Math.floorDiv(startNanos, 300_000_000_000L) * 300;
        shares.merge(new Share(tenant, bucket, minute(receivedAtMicros), keyId, ""), 1L, Long::sum);
    }

    /** Counts a span that became a dead letter. */
    public void countDropped(Rejection rejection) {
        Share share = new Share(
                rejection.tenant(), 0, minute(rejection.receivedAtMicros()), rejection.keyId(), rejection.reason());
        shares.merge(share, 1L, Long::sum);
    }

    /** Takes the counts and places of {@code other} into this. */
    public void addCounts(BatchRows other) {
        spans.addAll(other.spans);
        other.shares.forEach((share, count) -> shares.merge(share, count, Long::sum));
    }

    /** The counts as rows of {@link SunkRows#TABLE}. */
    public RowBinary sunk() {
        RowBinary rows = new RowBinary(1024);
        shares.forEach((share, count) -> SunkRows.write(share, count, rows));
        return rows;
    }

    private static long minute(long micros) {
        return Math.floorDiv(micros, MICROS_PER_MINUTE) * 60;
    }
}
