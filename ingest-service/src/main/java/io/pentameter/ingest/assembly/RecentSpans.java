package io.pentameter.ingest.assembly;

import io.pentameter.ingest.intake.Joinable;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The calls of the last moments, of tenants that have never sent anything late: until they do, nothing of them is stored.
 * Bounded in bytes; the eldest go first. Thread-safe.
 */
final class RecentSpans {

    private static final long OVERHEAD = 200;

    private final long maxBytes;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long bytes;

    /** @param receivedAt time of receipt of its delivery */
    record Entry(String tenant, Joinable span, Instant receivedAt) {

        /** A span with a payload of its own is wanted for its ids alone. */
        long bytes() {
            return OVERHEAD + (span.lacksPayload() ? span.logged().value().length : 0);
        }
    }

    RecentSpans(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized void add(String tenant, List<Joinable> spans, Instant receivedAt) {
        for (Joinable span : spans) {
            Joinable kept = span.lacksPayload()
                    ? span
                    : new Joinable(LateSpans.NO_RECORD, span.traceId(), span.spanId(), span.names(), false);
            Entry entry = new Entry(tenant, kept, receivedAt);
            entries.addLast(entry);
            bytes += entry.bytes();
        }
        while (bytes > maxBytes) {
            bytes -= entries.removeFirst().bytes();
        }
    }

    /** Remembers again what was taken out. */
    synchronized void putBack(List<Entry> taken) {
        for (Entry entry : taken) {
            entries.addLast(entry);
            bytes += entry.bytes();
        }
    }

    /** Takes out those of a tenant. */
    synchronized List<Entry> take(String tenant) {
        List<Entry> taken = new ArrayList<>();
        for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            if (entry.tenant().equals(tenant)) {
                all.remove();
                bytes -= entry.bytes();
                taken.add(entry);
            }
        }
        return taken;
    }
}
