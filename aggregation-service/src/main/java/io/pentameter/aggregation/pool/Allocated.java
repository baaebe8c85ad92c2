package io.pentameter.aggregation.pool;

import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Direct costs and shares of pools by element, summed over a window, all in 1e-9 USD: some numbers an element, so that a million of
 * them fit. Not thread-safe.
 */
final class Allocated {

    /** Elements times pools that have shares. */
    static final int MAX_SHARES = 10_000_000;

    private final Measurements.Days days;
    private final Elements elements;
    private final Map<Pool, PoolSums> pools = new HashMap<>();
    private final List<Pool> inOrder;
    private long[] direct = new long[64];
    private long priceable;
    private long priced;
    private long[] priceableOf = new long[64];
    private long[] pricedOf = new long[64];
    private long held;

    Allocated(Measurements.Days days, Elements elements, List<Pool> pools) {
        this.days = days;
        this.elements = elements;
        inOrder = List.copyOf(pools);
        pools.forEach(pool -> this.pools.put(pool, new PoolSums(pool)));
    }

    /** What came of one pool; shares, idle and unallocated add up to the cost. */
    static final class PoolSums {

        private final Pool pool;
        private long[] shares = new long[0];
        private long cost;
        private long allocated;
        private long unallocated;
        private long idle;

        private PoolSums(Pool pool) {
            this.pool = pool;
        }

        Pool pool() {
            return pool;
        }

        /** Of its days in the window. */
        long cost() {
            return cost;
        }

        long allocated() {
            return allocated;
        }

        long unallocated() {
            return unallocated;
        }

        long idle() {
            return idle;
        }

        long share(int element) {
            return element < shares.length ? shares[element] : 0;
        }
    }

    void add(int element, Measurements.Direct one) {
        if (element >= direct.length) {
            int length = Math.max(element + 1, direct.length * 2);
            direct = Arrays.copyOf(direct, length);
            priceableOf = Arrays.copyOf(priceableOf, length);
            pricedOf = Arrays.copyOf(pricedOf, length);
        }
        direct[element] = Math.addExact(direct[element], one.nano());
        priceableOf[element] += one.priceable();
        pricedOf[element] += one.priced();
        priceable += one.priceable();
        priced += one.priced();
    }

    void add(DayShares day) {
        PoolSums sums = pools.computeIfAbsent(day.pool(), PoolSums::new);
        sums.cost = Math.addExact(sums.cost, nano(day.cost()));
        sums.unallocated = Math.addExact(sums.unallocated, nano(day.unallocated()));
        sums.idle = Math.addExact(sums.idle, nano(day.idle()));
        for (int i = 0; i < day.size(); i++) {
            int element = day.element(i);
            if (element >= sums.shares.length) {
                int length = Math.max(element + 1, Math.min(elements.size(), sums.shares.length * 2));
                hold(length - sums.shares.length);
                sums.shares = Arrays.copyOf(sums.shares, length);
            }
            sums.shares[element] = Math.addExact(sums.shares[element], day.share(i));
            sums.allocated = Math.addExact(sums.allocated, day.share(i));
        }
    }

    private void hold(int more) {
        held += more;
        if (held > MAX_SHARES) {
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE,
                    "the allocation has more than %d elements times pools: ask for fewer pools at a time"
                            .formatted(MAX_SHARES));
        }
    }

    /** That were counted. */
    Measurements.Days days() {
        return days;
    }

    Elements elements() {
        return elements;
    }

    /** In the order of the question. */
    List<PoolSums> pools() {
        return inOrder.stream()
                .map(pool -> pools.getOrDefault(pool, new PoolSums(pool)))
                .toList();
    }

    Measurements.Direct direct(int element) {
        return element < direct.length
                ? new Measurements.Direct(direct[element], priceableOf[element], pricedOf[element])
                : new Measurements.Direct(0, 0, 0);
    }

    long directNano(int element) {
        return element < direct.length ? direct[element] : 0;
    }

    /** What pools add to the element. */
    long allocatedNano(int element) {
        long sum = 0;
        for (PoolSums pool : pools.values()) {
            sum = Math.addExact(sum, pool.share(element));
        }
        return sum;
    }

    /** Of all elements: spans that should have a price, and those that have one. */
    Measurements.Direct coverage() {
        return new Measurements.Direct(0, priceable, priced);
    }

    private static long nano(BigDecimal usd) {
        return usd.movePointRight(9).longValueExact();
    }
}
