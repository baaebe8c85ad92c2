package io.pentameter.aggregation.accounting;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the spans of one key in one minute, or of many.
 *
 * <p>Always: accepted = stored + duplicates + dropped + pending, and none is negative.
 *
 * @param accepted       acknowledged by the broker and to the client, or found in the log without that
 * @param unacknowledged part of the accepted: reached the log, but ingest ended before it could say so; while the log is
 *                       still being read, also what was read before ingest's own record of it
 * @param stored         distinct spans that can be queried
 * @param duplicates     deliveries of spans that were delivered again later, or twice in one
 * @param dropped        dead letters by reason
 * @param pending        accepted and not yet taken from the log
 */
record Entry(
        Place place,
        Intake intake,
        long accepted,
        long unacknowledged,
        long stored,
        long duplicates,
        Map<String, Long> dropped,
        long pending) {

    Entry {
        dropped = Map.copyOf(dropped);
    }

    /** When, and by which key; the key is empty where it cannot be told. */
    record Place(Instant minute, String keyId) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int order = minute.compareTo(other.minute);
            return order == 0 ? keyId.compareTo(other.keyId) : order;
        }
    }

    /**
     * What ingest says.
     *
     * @param refusedRequests requests that could not be read, so that nobody knows their spans
     */
    record Intake(
            long received,
            long acknowledged,
            Map<String, Long> refused,
            Map<String, Long> refusedRequests,
            long bodyBytes) {

        Intake {
            refused = Map.copyOf(refused);
            refusedRequests = Map.copyOf(refusedRequests);
        }
    }

    /**
     * @param taken  records that the sink took and could store
     * @param stored distinct spans; more than {@code taken} only while the sink is between two of its inserts
     */
    static Entry of(Place place, Intake intake, long taken, long stored, Map<String, Long> dropped) {
        long inLog = Math.max(taken, stored) + sum(dropped);
        long accepted = Math.max(intake.acknowledged(), inLog);
        return new Entry(
                place,
                intake,
                accepted,
                accepted - intake.acknowledged(),
                stored,
                Math.max(taken, stored) - stored,
                dropped,
                accepted - inLog);
    }

    /** The sum of entries, at a place of no meaning. */
    static Entry sumOf(Collection<Entry> entries) {
        Map<String, Long> refused = new TreeMap<>();
        Map<String, Long> refusedRequests = new TreeMap<>();
        Map<String, Long> dropped = new TreeMap<>();
        long[] sums = new long[8];
        for (Entry entry : entries) {
            add(refused, entry.intake.refused());
            add(refusedRequests, entry.intake.refusedRequests());
            add(dropped, entry.dropped);
            sums[0] += entry.intake.received();
            sums[1] += entry.intake.acknowledged();
            sums[2] += entry.intake.bodyBytes();
            sums[3] += entry.accepted;
            sums[4] += entry.unacknowledged;
            sums[5] += entry.stored;
            sums[6] += entry.duplicates;
            sums[7] += entry.pending;
        }
        return new Entry(
                new Place(Instant.EPOCH, ""),
                new Intake(sums[0], sums[1], refused, refusedRequests, sums[2]),
                sums[3],
                sums[4],
                sums[5],
                sums[6],
                dropped,
                sums[7]);
    }

    private static void add(Map<String, Long> sums, Map<String, Long> more) {
        more.forEach((reason, count) -> sums.merge(reason, count, Long::sum));
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
