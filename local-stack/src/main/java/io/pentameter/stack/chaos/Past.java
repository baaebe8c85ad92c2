package io.pentameter.stack.chaos;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What is priced again: spans of another day, worked out beforehand.
 *
 * @param feature of its spans, and of no others
 * @param from    before the first
 * @param to      after the last, on a day before today
 * @param traces  all of it; no amount is odd, so that half of it is a whole number of 1e-9 USD
 */
record Past(String feature, Instant from, Instant to, List<Trace> traces) {

    Past {
        traces = List.copyOf(traces);
    }

    /** Dollars. */
    BigDecimal billed() {
        return BigDecimal.valueOf(amounts().nano(), 9);
    }

    /** Dollars, at half the price. */
    BigDecimal half() {
        return BigDecimal.valueOf(amounts().nano() / 2, 9);
    }

    /** Calls of a model, each of which costs something. */
    long calls() {
        return amounts().spans() - traces.size();
    }

    /** The day after, by UTC as prices have it. */
    LocalDate dayAfter() {
        return LocalDate.ofInstant(to, ZoneOffset.UTC).plusDays(1);
    }

    private Amounts amounts() {
        return traces.stream().map(Trace::amounts).reduce(Amounts.NONE, Amounts::plus);
    }
}
