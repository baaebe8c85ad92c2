package io.pentameter.alert.decision;

import io.pentameter.alert.budget.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The counters of all budgets of all tenants, in memory.
 *
 * <p>The ledger gives each a number as of a moment; the log gives what came since. Readers never wait: a number is replaced as
 * a whole. Writers of one tenant come one after the other.
 */
final class Counters {

    private final Map<String, TenantTail> tenants = new ConcurrentHashMap<>();
    private final int maxTail;
    private volatile Instant asOf = Instant.EPOCH;
    private volatile Instant listensFrom = Instant.MAX;

    /** @param maxTail most spans of a tenant that are kept because the ledger may not know them */
    Counters(int maxTail) {
        this.maxTail = maxTail;
    }

    /** Keeps a counter for each of the budgets, and no other; a budget that changed begins anew. */
    void keep(Collection<Budget> budgets, Instant now) {
        Map<String, List<Budget>> byTenant = new HashMap<>();
        budgets.forEach(budget -> byTenant.computeIfAbsent(budget.tenant(), _ -> new ArrayList<>())
                .add(budget));
        tenants.keySet().retainAll(byTenant.keySet());
        byTenant.forEach((tenant, own) -> tenants.computeIfAbsent(tenant, _ -> new TenantTail(knowsFrom(now), maxTail))
                .keep(own));
    }

    /** From here on the log is read; whoever has a budget already is heard of from then on. */
    void listenFrom(Instant from) {
        listensFrom = from;
        tenants.values().forEach(tail -> tail.knowsFrom(from));
    }

    /** Everything that the log took before is counted. */
    void heardUntil(Instant until) {
        asOf = until;
    }

    Instant asOf() {
        return asOf;
    }

    boolean isOf(String tenant) {
        return tenants.containsKey(tenant);
    }

    void heard(String tenant, TailSpan span) {
        TenantTail tail = tenants.get(tenant);
        if (tail != null) {
            tail.heard(span);
        }
    }

    /** All counters of all tenants. */
    List<Counter> all() {
        List<Counter> all = new ArrayList<>();
        tenants.values().forEach(tail -> all.addAll(tail.counters()));
        return all;
    }

    /** Returns false if the log is not known from the ledger's moment on: there would be a gap. */
    boolean read(Counter counter, Counter.State fresh) {
        TenantTail tail = tenants.get(counter.budget().tenant());
        return tail != null && tail.read(counter, fresh);
    }

    /** How the budgets stand that a call with these dimensions is under. */
    List<Standing> standings(String tenant, Map<String, String> dimensions, Instant now) {
        TenantTail tail = tenants.get(tenant);
        if (tail == null) {
            return List.of();
        }
        List<Standing> standings = new ArrayList<>();
        Duration age = Duration.between(asOf, now);
        for (Counter counter : tail.counters()) {
            String value = counter.valueOf(dimensions);
            if (value != null) {
                standings.add(Standing.of(counter, value, now, new Standing.Hearing(asOf, age, tail)));
            }
        }
        return standings;
    }

    /** Spans kept, of all tenants. */
    long tailSize() {
        return tenants.values().stream().mapToLong(TenantTail::size).sum();
    }

    Set<String> tenants() {
        return new HashSet<>(tenants.keySet());
    }

    /** A tenant that gets its first budget is heard of from now on; a second is for the clocks of others. */
    private Instant knowsFrom(Instant now) {
        return listensFrom.equals(Instant.MAX) ? Instant.MAX : now.plusMillis(Counter.MARGIN_MILLIS);
    }
}
