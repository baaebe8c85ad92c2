package io.pentameter.alert.decision;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far a counter may be from what is spent, in 1e-9 USD.
 *
 * <pre>
 * too much    the tail: the ledger may know each of its calls already             tail
 * too little  calls that nobody was told of yet, at the rate of the tail          tail · (delay + age) / window, at least one call
 *             calls without a price, at the mean of those with one                unpriced · mean
 *             a value that spent too little to be in the ledger's list            cut
 * bound = sum of all                                                              amounts rounded up
 * </pre>
 *
 * <p>{@code delay} is the longest time from the beginning of a call of the tail until the log had it, so that {@code rate · delay}
 * is the cost of calls under way (Little's law, with the longest stay for the mean one). Assumes that calls under way are as many
 * as of late. A correction of prices, and a call that is told of again with another cost, are not in it: they show at the next
 * reading of the ledger.
 *
 * @param tailNano     cost of the tail
 * @param window       how long the tail reaches back
 * @param delay        as above
 * @param age          since when nothing was heard of the log
 * @param unpriced     calls without a price, of ledger and tail
 * @param meanNano     mean cost of a call with a price; 0 if there is none
 * @param hasPriced    whether there is any
 * @param cutNano      as above, 0 if the value is in the list
 */
record ErrorBound(
        long tailNano,
        Duration window,
        Duration delay,
        Duration age,
        long unpriced,
        long meanNano,
        boolean hasPriced,
        long cutNano) {

    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);

    /** Empty if there are calls, and no price of any of them to go by. */
    OptionalLong nano() {
        if (!hasPriced && unpriced > 0) {
            return OptionalLong.empty();
        }
        double span = Math.max(SHORTEST_WINDOW.toMillis(), window.toMillis());
        double silent = Math.max(0, delay.toMillis()) + Math.max(0, age.toMillis());
        double underWay = Math.max(Math.ceil(tailNano * silent / span), (double) meanNano);
        double sum = tailNano + underWay + (double) unpriced * meanNano + cutNano;
        return OptionalLong.of((long) Math.min(sum, Long.MAX_VALUE));
    }
}
