package io.pentameter.gateway.credential;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keys in memory, so that a request costs no query.
 *
 * <p>An entry older than {@link Ages#refreshAfter} is still used, and read anew in the background; one older than
 * {@link Ages#refuseAfter} is not used before it is read anew. So a revocation on any node is in force here after
 * {@code refuseAfter} at the latest, and a key in use never waits. While the store is away, a key that was known stays
 * known until {@link Ages#forgetAfter}: telemetry outlives the database.
 *
 * <p>Thread-safe. Unknown ids are remembered too, within their own bound.
 */
public final class KeyCache {

    private final KeyDirectory directory;
    private final InstantSource clock;
    private final Ages ages;
    private final int maxEntries;
    private final int maxLookups;
    private final AtomicInteger lookups = new AtomicInteger();
    private final Map<String, Entry> known = new ConcurrentHashMap<>();
    private final Map<String, Entry> unknown = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Optional<StoredKey>>> loading = new ConcurrentHashMap<>();

    /**
     * @param refreshAfter from this age on an entry is read anew in the background
     * @param refuseAfter  from this age on it is not used while the store can be asked; at most 5 s
     * @param forgetAfter  from this age on it is not used even if the store is away
     */
    public record Ages(Duration refreshAfter, Duration refuseAfter, Duration forgetAfter) {
        public Ages {
            if (refreshAfter.compareTo(refuseAfter) > 0 || refuseAfter.compareTo(forgetAfter) > 0) {
                throw new IllegalArgumentException(
                        "ages must not decrease: %s, %s, %s".formatted(refreshAfter, refuseAfter, forgetAfter));
            }
        }
    }

    /** Too many ids are being looked up at once; answered with 503. */
    static final class TooManyLookupsException extends RuntimeException {
        TooManyLookupsException(int most) {
            super("more than " + most + " keys are being looked up", null, false, false);
        }
    }

    private record Entry(Optional<StoredKey> key, Instant readAt) {
        boolean isOlderThan(Duration age, Instant now) {
            return !now.isBefore(readAt.plus(age));
        }
    }

    /**
     * @param maxEntries most known, and most unknown, ids to remember; beyond it that memory is emptied and filled anew
     * @param maxLookups most ids looked up in the store at once
     */
    public KeyCache(KeyDirectory directory, InstantSource clock, Ages ages, int maxEntries, int maxLookups) {
        this.directory = directory;
        this.clock = clock;
        this.ages = ages;
        this.maxEntries = maxEntries;
        this.maxLookups = maxLookups;
    }

    /** The key, empty if there is none. Done already if it is in memory; fails if it is not and the store is away. */
    CompletableFuture<Optional<StoredKey>> find(String id) {
        Entry entry = known.get(id);
        if (entry == null) {
            entry = unknown.get(id);
        }
        Instant now = clock.instant();
        if (entry == null || entry.isOlderThan(ages.refuseAfter(), now)) {
            return loadOr(id, entry, now);
        }
        if (entry.isOlderThan(ages.refreshAfter(), now)) {
            var _ = load(id);
        }
        return CompletableFuture.completedFuture(entry.key());
    }

    /** Forgets a key, because it was just changed on this node. */
    public void evict(String id) {
        known.remove(id);
        unknown.remove(id);
        loading.remove(id);
    }

    private CompletableFuture<Optional<StoredKey>> loadOr(String id, @Nullable Entry old, Instant now) {
        CompletableFuture<Optional<StoredKey>> fresh = load(id);
        if (old == null || old.key().isEmpty() || old.isOlderThan(ages.forgetAfter(), now)) {
            return fresh;
        }
        return fresh.exceptionally(_ -> old.key());
    }

    private CompletableFuture<Optional<StoredKey>> load(String id) {
        CompletableFuture<Optional<StoredKey>> running = loading.get(id);
        if (running != null) {
            return running;
        }
        if (lookups.get() >= maxLookups) {
            return CompletableFuture.failedFuture(new TooManyLookupsException(maxLookups));
        }
        CompletableFuture<Optional<StoredKey>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<StoredKey>> other = loading.putIfAbsent(id, mine);
        if (other != null) {
            return other;
        }
        lookups.incrementAndGet();
        Instant asked = clock.instant();
        directory.find(id).whenComplete((key, failure) -> {
            lookups.decrementAndGet();
            // an eviction in between takes the lookup out: what it read may be older than the change
            boolean current = loading.remove(id, mine);
            if (failure != null) {
                mine.completeExceptionally(failure);
                return;
            }
            if (current) {
                remember(id, new Entry(key, asked));
            }
            mine.complete(key);
        });
        return mine;
    }

    private void remember(String id, Entry entry) {
        boolean isKnown = entry.key().isPresent();
        Map<String, Entry> memory = isKnown ? known : unknown;
        Map<String, Entry> opposite = isKnown ? unknown : known;
        if (memory.size() >= maxEntries) {
            memory.clear();
        }
        memory.put(id, entry);
        opposite.remove(id);
    }
}
