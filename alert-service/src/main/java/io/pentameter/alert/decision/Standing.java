package io.pentameter.alert.decision;

import io.pentameter.alert.budget.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How one budget stands for one call.
 *
 * @param value      of a budget for each; empty otherwise
 * @param isKnown    whether there is a number at all; without, the amounts are 0
 * @param spentNano  ledger and tail
 * @param cutNano    what it may have spent besides, because the ledger's list ends before it
 * @param boundNano  absent: not known
 * @param asOf       up to when calls are counted
 * @param age        of {@code asOf}
 * @param resetsAt   when the period ends; absent without a number
 */
record Standing(
        Budget budget,
        String value,
        long limitNano,
        boolean isKnown,
        long spentNano,
        long cutNano,
        @Nullable Long boundNano,
        Instant asOf,
        Duration age,
        @Nullable Instant resetsAt) {

    /** What the counters know of the log. */
    record Hearing(Instant asOf, Duration age, TenantTail tail) {}

    static Standing of(Counter counter, String value, Instant now, Hearing hearing) {
        Counter.State state = counter.stateAt(now);
        if (state == null) {
            return new Standing(
                    counter.budget(),
                    value,
                    counter.limitNano(),
                    false,
                    0,
                    0,
                    null,
                    hearing.asOf(),
                    hearing.age(),
                    null);
        }
        LedgerTable.Entry found = state.ledger().get(value);
        long cut = found == null ? state.cutNano() : 0;
        LedgerTable.Entry ledger = found == null ? new LedgerTable.Entry(0, 0, 0) : found;
        Counter.Sum tail = state.tail().getOrDefault(value, Counter.Sum.NONE);
        long spent = ledger.nano() + tail.nano();
        long unpriced = ledger.unpriced() + tail.unpriced();
        long priced = ledger.calls() + tail.calls() - unpriced;
        long mean = priced > 0 ? Math.ceilDiv(spent, priced) : state.ledger().meanNano();
        OptionalLong bound = new ErrorBound(
                        tail.nano(),
                        Duration.between(state.visibleUntil(), hearing.asOf()).plusMillis(Counter.MARGIN_MILLIS),
                        hearing.tail().delay(),
                        hearing.age(),
                        unpriced,
                        mean,
                        mean > 0 || priced > 0,
                        cut)
                .nano();
        return new Standing(
                counter.budget(),
                value,
                counter.limitNano(),
                true,
                spent,
                cut,
                bound.isPresent() ? bound.getAsLong() : null,
                hearing.asOf(),
                hearing.age(),
                state.span().end());
    }
}
