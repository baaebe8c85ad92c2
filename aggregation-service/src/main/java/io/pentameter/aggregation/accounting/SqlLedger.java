package io.pentameter.aggregation.accounting;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads what became of a tenant's spans, per key and minute of receipt.
 *
 * <p>Three sources: what ingest says it accepted ({@code intake}), what the sink took from the log ({@code sunk}), and the
 * distinct spans that are stored ({@code span}). A span that is delivered twice is stored as of its latest delivery; the
 * earlier one is the duplicate, in the minute in which it came.
 */
final class SqlLedger {

    private final Reads reads;

    SqlLedger(Reads reads) {
        this.reads = reads;
    }

    /** Entries by minute and key, in that order; minutes from {@code from}, included, to {@code to}, not included. */
    List<Entry> entries(String tenant, Instant from, Instant to) {
        Map<Entry.Place, Draft> drafts = new TreeMap<>();
        intake(tenant, from, to, drafts);
        sunk(tenant, from, to, drafts);
        stored(tenant, from, to, drafts);
        List<Entry> entries = new ArrayList<>();
        drafts.forEach((place, draft) -> entries.add(draft.entry(place)));
        return entries;
    }

    private void intake(String tenant, Instant from, Instant to, Map<Entry.Place, Draft> drafts) {
        Bindings bindings = new Bindings();
        String during = " AND minute >= " + bindings.second(from) + " AND minute < " + bindings.second(to);
        String sql = "SELECT toUnixTimestamp(minute), key_id, sum(received), sum(accepted), sum(body_bytes) FROM intake"
                + " FINAL WHERE " + TenantQuery.TENANT + during + " GROUP BY minute, key_id";
        reads.read(new TenantQuery(tenant, sql, bindings), row -> {
            Draft draft = draft(drafts, row.getLong(1), row.getString(2));
            draft.received = row.getLong(3);
            draft.acknowledged = row.getLong(4);
            draft.bodyBytes = row.getLong(5);
            return draft;
        });
        refused(tenant, from, to, "refused_spans", drafts);
        refused(tenant, from, to, "refused_requests", drafts);
    }

    private void refused(String tenant, Instant from, Instant to, String column, Map<Entry.Place, Draft> drafts) {
        Bindings bindings = new Bindings();
        String during = " AND minute >= " + bindings.second(from) + " AND minute < " + bindings.second(to);
        String sql = "SELECT toUnixTimestamp(minute), key_id, reason, sum(amount) FROM (SELECT minute, key_id,"
                + " arrayJoin(mapKeys(" + column + ")) AS reason, " + column
                + "[reason] AS amount FROM intake FINAL WHERE "
                + TenantQuery.TENANT + during + ") GROUP BY minute, key_id, reason";
        reads.read(new TenantQuery(tenant, sql, bindings), row -> {
            Draft draft = draft(drafts, row.getLong(1), row.getString(2));
            Map<String, Long> counts = column.equals("refused_spans") ? draft.refused : draft.refusedRequests;
            counts.put(row.getString(3), row.getLong(4));
            return draft;
        });
    }

    private void sunk(String tenant, Instant from, Instant to, Map<Entry.Place, Draft> drafts) {
        Bindings bindings = new Bindings();
        String sql = "SELECT toUnixTimestamp(received_minute), key_id, reason, sum(records) FROM sunk WHERE "
                + TenantQuery.TENANT + " AND received_minute >= " + bindings.second(from)
                + " AND received_minute < " + bindings.second(to) + " GROUP BY received_minute, key_id, reason";
        reads.read(new TenantQuery(tenant, sql, bindings), row -> {
            Draft draft = draft(drafts, row.getLong(1), row.getString(2));
            if (row.getString(3).isEmpty()) {
                draft.taken = row.getLong(4);
            } else {
                draft.dropped.put(row.getString(3), row.getLong(4));
            }
            return draft;
        });
    }

    private void stored(String tenant, Instant from, Instant to, Map<Entry.Place, Draft> drafts) {
        Bindings bindings = new Bindings();
        String sql =
                "SELECT toUnixTimestamp(toStartOfMinute(received_at)) AS minute, key_id, count() FROM span FINAL WHERE "
                        + TenantQuery.TENANT + " AND received_at >= " + bindings.instant(from)
                        + " AND received_at < " + bindings.instant(to) + " GROUP BY minute, key_id";
        reads.read(new TenantQuery(tenant, sql, bindings), row -> {
            Draft draft = draft(drafts, row.getLong(1), row.getString(2));
            draft.stored = row.getLong(3);
            return draft;
        });
    }

    private static Draft draft(Map<Entry.Place, Draft> drafts, long minute, String keyId) {
        return drafts.computeIfAbsent(new Entry.Place(Instant.ofEpochSecond(minute), keyId), _ -> new Draft());
    }

    /** Numbers as they come together. */
    private static final class Draft {
        private final Map<String, Long> refused = new TreeMap<>();
        private final Map<String, Long> refusedRequests = new TreeMap<>();
        private final Map<String, Long> dropped = new TreeMap<>();
        private long received;
        private long acknowledged;
        private long bodyBytes;
        private long taken;
        private long stored;

        Entry entry(Entry.Place place) {
            return Entry.of(
                    place,
                    new Entry.Intake(received, acknowledged, refused, refusedRequests, bodyBytes),
                    taken,
                    stored,
                    dropped);
        }
    }
}
