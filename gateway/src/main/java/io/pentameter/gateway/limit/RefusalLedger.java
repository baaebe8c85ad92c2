package io.pentameter.gateway.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts requests that were refused, until they are reported. Thread-safe.
 *
 * <p>At most {@code maxAccounts} different accounts are counted at a time; what exceeds it is counted in
 * {@link #overflow} only.
 */
public final class RefusalLedger {

    private final int maxAccounts;
    private final Object lock = new Object();
    private Map<Account, Long> counts = new HashMap<>();
    private long overflow;

    /**
     * Whose refusal, and why.
     *
     * @param key   public id of the key, or a person's id
     * @param route where the request was to go, a template of the route table
     */
    public record Account(String tenant, String key, String reason, String route) {}

    /** @param requests 1 or more */
    public record Entry(Account account, long requests) {}

    public RefusalLedger(int maxAccounts) {
        this.maxAccounts = maxAccounts;
    }

    public void add(Account account) {
        add(new Entry(account, 1));
    }

    /** Puts back what could not be reported. */
    void add(Entry entry) {
        synchronized (lock) {
            if (counts.size() >= maxAccounts && !counts.containsKey(entry.account())) {
                overflow += entry.requests();
            } else {
                counts.merge(entry.account(), entry.requests(), Long::sum);
            }
        }
    }

    /** Everything counted since the last call. */
    List<Entry> take() {
        Map<Account, Long> taken;
        synchronized (lock) {
            if (counts.isEmpty()) {
                return List.of();
            }
            taken = counts;
            counts = new HashMap<>();
        }
        List<Entry> entries = new ArrayList<>(taken.size());
        taken.forEach((account, requests) -> entries.add(new Entry(account, requests)));
        return entries;
    }

    /** Refusals that were counted for nobody, because too many accounts had some. */
    public long overflow() {
        synchronized (lock) {
            return overflow;
        }
    }
}
