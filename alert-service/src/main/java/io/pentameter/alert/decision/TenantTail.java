package io.pentameter.alert.decision;

import io.pentameter.alert.budget.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** One tenant's counters, and the spans that the ledger may not know yet, each once. */
final class TenantTail {

    /** A call that took longer to be told of says nothing about those under way. */
    private static final long MAX_DELAY_MILLIS = Duration.ofMinutes(10).toMillis();

    private final int maxSpans;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<TailSpan.Id, TailSpan> spans = new LinkedHashMap<>();
    private volatile List<Counter> counters = List.of();
    private volatile Instant knownFrom;
    private volatile long delayMillis;

    /**
     * @param knownFrom everything that the log took from then on is told to {@link #heard}
     * @param maxSpans  most spans kept
     */
    TenantTail(Instant knownFrom, int maxSpans) {
        this.knownFrom = knownFrom;
        this.maxSpans = maxSpans;
    }

    void knowsFrom(Instant from) {
        knownFrom = from;
    }

    List<Counter> counters() {
        return counters;
    }

    /** From the beginning of a call until the log has it: the longest of the tail. */
    Duration delay() {
        return Duration.ofMillis(delayMillis);
    }

    int size() {
        lock.lock();
        try {
            return spans.size();
        } finally {
            lock.unlock();
        }
    }

    void keep(List<Budget> budgets) {
        lock.lock();
        try {
            Map<String, Counter> before = new LinkedHashMap<>();
            counters.forEach(counter -> before.put(counter.budget().id(), counter));
            List<Counter> kept = new ArrayList<>();
            for (Budget budget : budgets) {
                Counter counter = before.get(budget.id());
                boolean isSame = counter != null && counter.budget().revision() == budget.revision();
                kept.add(isSame ? counter : new Counter(budget));
            }
            counters = List.copyOf(kept);
        } finally {
            lock.unlock();
        }
    }

    /** A span that is told of again takes the place of what was told before. */
    void heard(TailSpan span) {
        lock.lock();
        try {
            TailSpan before = spans.get(span.id());
            if (span.isRemoved()) {
                if (before != null && before.startMillis() == span.startMillis()) {
                    spans.remove(span.id());
                    counters.forEach(counter -> counter.add(before, -1));
                }
                return;
            }
            if (before != null) {
                if (before.equals(span)) {
                    return;
                }
                counters.forEach(counter -> counter.add(before, -1));
            } else if (spans.size() >= maxSpans) {
                forgetOldest();
            }
            spans.put(span.id(), span);
            delayMillis = Math.max(delayMillis, delay(span));
            counters.forEach(counter -> counter.add(span, 1));
        } finally {
            lock.unlock();
        }
    }

    /** Returns false, and changes nothing, if spans from before {@link #knownFrom} would be missing. */
    boolean read(Counter counter, Counter.State fresh) {
        lock.lock();
        try {
            if (!counters.contains(counter)
                    || fresh.visibleUntil().minusMillis(Counter.MARGIN_MILLIS).isBefore(knownFrom)) {
                return false;
            }
            counter.read(fresh, spans.values());
            forgetKnown();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Without it a ledger that stands still would fill the memory; its counters must then wait for the ledger. */
    private void forgetOldest() {
        Iterator<TailSpan> oldest = spans.values().iterator();
        TailSpan forgotten = oldest.next();
        oldest.remove();
        Instant after = Instant.ofEpochMilli(forgotten.loggedMillis() + Counter.MARGIN_MILLIS);
        if (after.isAfter(knownFrom)) {
            knownFrom = after; // what was counted stays counted, but a number from before cannot be completed any more
        }
    }

    /** Forgets what every counter's ledger knows. */
    private void forgetKnown() {
        long known = Long.MAX_VALUE;
        for (Counter counter : counters) {
            Counter.State state = counter.state();
            long until = state == null ? Long.MIN_VALUE : state.visibleUntil().toEpochMilli();
            known = Math.min(known, until);
        }
        if (known == Long.MIN_VALUE) {
            return;
        }
        long last = known - Counter.MARGIN_MILLIS;
        spans.values().removeIf(span -> span.loggedMillis() <= last);
        delayMillis = spans.values().stream().mapToLong(TenantTail::delay).max().orElse(0);
        if (Instant.ofEpochMilli(last).isAfter(knownFrom)) {
            knownFrom = Instant.ofEpochMilli(last);
        }
    }

    private static long delay(TailSpan span) {
        return Math.clamp(span.loggedMillis() - span.startMillis(), 0, MAX_DELAY_MILLIS);
    }
}
