package io.pentameter.alert.decision;

import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.BudgetDefinition;
import io.pentameter.alert.budget.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a budget has spent: the ledger's number, and on top of it the calls that the log tells of since. */
final class Counter {

    /** The log's times are its writers', so what it took shortly before the ledger's moment may still be missing there. */
    static final long MARGIN_MILLIS = 1_000;

    private final Budget budget;
    private final long limitNano;
    private volatile @Nullable State state;

    Counter(Budget budget) {
        this.budget = budget;
        limitNano = nano(budget.definition().amount());
    }

    /**
     * One period's numbers; the tail changes, the rest never does.
     *
     * @param ledger       by value; of a budget of all together under the empty one
     * @param visibleUntil everything that was acknowledged before is in {@code ledger}
     * @param cutNano      what those have spent at most that are not in {@code ledger}
     * @param tail         by value; what the log took after {@code visibleUntil}, less {@link #MARGIN_MILLIS}
     */
    record State(
            Period.Span span,
            LedgerTable ledger,
            Instant visibleUntil,
            long cutNano,
            ConcurrentHashMap<String, Sum> tail) {

        boolean takes(TailSpan span) {
            return span.loggedMillis() > visibleUntil.toEpochMilli() - MARGIN_MILLIS
                    && span.startMillis() >= this.span.start().toEpochMilli()
                    && span.startMillis() < this.span.end().toEpochMilli();
        }
    }

    /** Calls of the tail. */
    record Sum(long nano, long calls, long unpriced) {

        static final Sum NONE = new Sum(0, 0, 0);

        Sum plus(TailSpan span, int sign) {
            return new Sum(nano + sign * span.nano(), calls + sign, unpriced + (span.isPriced() ? 0 : sign));
        }
    }

    Budget budget() {
        return budget;
    }

    long limitNano() {
        return limitNano;
    }

    /** Null before the ledger was read. */
    @Nullable
    State state() {
        return state;
    }

    /** @param span nothing for a span that is not the budget's */
    void add(TailSpan span, int sign) {
        State current = state;
        String value = valueOf(span.dimensions());
        if (current != null && value != null && current.takes(span)) {
            Sum sum = current.tail().getOrDefault(value, Sum.NONE).plus(span, sign);
            if (sum.calls() == 0) {
                current.tail().remove(value);
            } else {
                current.tail().put(value, sum);
            }
        }
    }

    /** Begins anew with what the ledger says, and the spans that it may not know. */
    void read(State fresh, Iterable<TailSpan> spans) {
        state = fresh;
        spans.forEach(span -> add(span, 1));
    }

    /** The numbers of the period at the moment: those of one that is over are nobody's any more. */
    @Nullable
    State stateAt(Instant now) {
        State current = state;
        return current != null
                        && now.isBefore(current.span().end())
                        && !now.isBefore(current.span().start())
                ? current
                : null;
    }

    /** The value that a call with these dimensions counts under; null if it is not under the budget. */
    @Nullable
    String valueOf(Map<String, String> dimensions) {
        BudgetDefinition definition = budget.definition();
        for (Map.Entry<String, String> wanted : definition.scope().entrySet()) {
            if (!wanted.getValue().equals(dimensions.get(wanted.getKey()))) {
                return null;
            }
        }
        if (definition.each() == null) {
            return "";
        }
        String value = dimensions.getOrDefault(definition.each(), "");
        return value.isEmpty() ? null : value;
    }

    /** In 1e-9 USD; what is beyond is rounded up. */
    static long nano(BigDecimal usd) {
        return usd.movePointRight(9).setScale(0, RoundingMode.CEILING).longValueExact();
    }
}
