package io.pentameter.ingest.metric;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Holds each tenant to so many series an hour, so that an id among the attributes cannot fill the store. Thread-safe. */
final class SeriesLimit {

    private final int most;
    private final Map<String, Set<ByteString>> seen = new HashMap<>();
    private Instant hour = Instant.EPOCH;

    /** @param most series of a tenant in an hour, as one replica of the service sees them; 1 or more */
    SeriesLimit(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("pentameter.metric.max-series must be 1 or more: " + most);
        }
        this.most = most;
    }

    int most() {
        return most;
    }

    /** Whether the series is known this hour, or there is room for it. */
    synchronized boolean admits(String tenant, ByteString series, Instant now) {
        Instant thisHour = now.truncatedTo(ChronoUnit.HOURS);
        if (thisHour.isAfter(hour)) {
            hour = thisHour;
            seen.clear();
        }
        Set<ByteString> known = seen.computeIfAbsent(tenant, _ -> new HashSet<>());
        return known.contains(series) || (known.size() < most && known.add(series));
    }
}
