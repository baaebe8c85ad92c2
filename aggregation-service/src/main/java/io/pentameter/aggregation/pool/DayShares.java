package io.pentameter.aggregation.pool;

import java.math.BigDecimal;
import java.time.LocalDate;

/** What came of one pool on one day; shares, idle and unallocated add up to the cost. */
final class DayShares {

    private final Pool pool;
    private final LocalDate day;
    private final BigDecimal cost;
    private final PoolDay.Rest rest;
    private final int[] elements;
    private final long[] shares;

    /**
     * The shares of elements, which are kept as they are given.
     *
     * @param elements that have a share, each once
     * @param shares   of each, above 0, 1e-9 USD
     */
    DayShares(Pool pool, LocalDate day, BigDecimal cost, PoolDay.Rest rest, int[] elements, long[] shares) {
        this.pool = pool;
        this.day = day;
        this.cost = cost;
        this.rest = rest;
        this.elements = elements;
        this.shares = shares;
    }

    Pool pool() {
        return pool;
    }

    LocalDate day() {
        return day;
    }

    BigDecimal cost() {
        return cost;
    }

    BigDecimal unallocated() {
        return rest.unallocated();
    }

    BigDecimal idle() {
        return rest.idle();
    }

    /** Number of shares. */
    int size() {
        return shares.length;
    }

    int element(int place) {
        return elements[place];
    }

    /** In 1e-9 USD. */
    long share(int place) {
        return shares[place];
    }
}
