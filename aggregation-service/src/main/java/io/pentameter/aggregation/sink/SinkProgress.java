package io.pentameter.aggregation.sink;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** How far the spans are stored, and which partitions this instance works on. Thread-safe. */
@Singleton
public class SinkProgress {

    private final Map<Source, Instant> visible = new ConcurrentHashMap<>();
    private final Map<Source, Long> lag = new ConcurrentHashMap<>();
    private final AtomicReference<Set<Source>> owned = new AtomicReference<>(Set.of());

    /**
     * Until when everything that was acknowledged can be queried: the least over the partitions of the time up to which each
     * is stored. Empty as long as a partition has not been looked at.
     */
    public Optional<Instant> visibleUntil() {
        Set<Source> mine = owned.get();
        if (mine.isEmpty() || !visible.keySet().containsAll(mine)) {
            return Optional.empty();
        }
        return mine.stream().map(visible::get).min(Instant::compareTo);
    }

    /** Whether this instance works on the first partition of the spans; one instance at a time does. */
    public boolean isLeader() {
        return owned.get().stream().anyMatch(source -> source.partition() == 0);
    }

    /** Records in the log that are not stored. */
    public long lag() {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }

    void own(Set<Source> sources) {
        owned.set(Set.copyOf(sources));
        visible.keySet().retainAll(sources);
        lag.keySet().retainAll(sources);
    }

    void visible(Source source, Instant until) {
        visible.merge(source, until, (a, b) -> a.isAfter(b) ? a : b);
    }

    void lag(Source source, long records) {
        lag.put(source, records);
    }
}
