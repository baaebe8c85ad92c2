package io.pentameter.gateway.credential;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The tenants of people in memory, for seconds. Thread-safe. */
public final class MembershipCache {

    private final Memberships memberships;
    private final InstantSource clock;
    private final Duration maxAge;
    private final int maxEntries;
    private final Map<Who, Entry> known = new ConcurrentHashMap<>();

    private record Who(String subject, String email) {}

    private record Entry(List<Membership> memberships, Instant readAt) {}

    /** @param maxEntries most people to remember; beyond it the memory is emptied and filled anew */
    MembershipCache(Memberships memberships, InstantSource clock, Duration maxAge, int maxEntries) {
        this.memberships = memberships;
        this.clock = clock;
        this.maxAge = maxAge;
        this.maxEntries = maxEntries;
    }

    /** Done already if it is in memory; fails if it is not and the store is away. */
    CompletableFuture<List<Membership>> of(Person person) {
        Who who = new Who(person.subject(), person.email() == null ? "" : person.email());
        Instant now = clock.instant();
        Entry entry = known.get(who);
        if (entry != null && now.isBefore(entry.readAt().plus(maxAge))) {
            return CompletableFuture.completedFuture(entry.memberships());
        }
        return memberships
                .of(person.subject(), person.email())
                .thenApply(found -> {
                    if (known.size() >= maxEntries) {
                        known.clear();
                    }
                    known.put(who, new Entry(List.copyOf(found), now));
                    return found;
                })
                .toCompletableFuture();
    }

    /** Forgets everybody, because some membership was just changed on this node. */
    public void clear() {
        known.clear();
    }
}
