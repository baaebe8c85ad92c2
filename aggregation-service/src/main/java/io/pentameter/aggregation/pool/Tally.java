package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.money.Usd;
import io.pentameter.statistics.attribution.WholeAllocation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What elements cost altogether, who is dearest, and the cents of a statement; in 1e-9 USD. */
final class Tally {

    private static final long CENT = 10_000_000;

    private final long[] allocated;
    private final long[] totals;
    private final Integer[] ranks;
    private final long[] cents;
    private final long[] poolCents;

    Tally(Allocated sums) {
        int size = sums.elements().size();
        allocated = new long[size];
        totals = new long[size];
        ranks = new Integer[size];
        for (int element = 0; element < size; element++) {
            allocated[element] = sums.allocatedNano(element);
            totals[element] = Math.addExact(sums.directNano(element), allocated[element]);
            ranks[element] = element;
        }
        Arrays.sort(ranks, sums.elements().order());
        List<Allocated.PoolSums> pools = sums.pools();
        long[] inOrder = new long[size + pools.size()];
        for (int place = 0; place < size; place++) {
            inOrder[place] = totals[ranks[place]];
        }
        for (int pool = 0; pool < pools.size(); pool++) {
            inOrder[size + pool] =
                    Math.addExact(pools.get(pool).unallocated(), pools.get(pool).idle());
        }
        long[] rounded = WholeAllocation.rounded(inOrder, CENT); // a cent that is left over goes by the order of names
        cents = new long[size];
        for (int place = 0; place < size; place++) {
            cents[ranks[place]] = rounded[place];
        }
        poolCents = Arrays.copyOfRange(rounded, size, rounded.length);
        Arrays.sort(
                ranks,
                Comparator.comparingLong((Integer element) -> totals[element])
                        .reversed()); // stable: of those that cost the same the first by name
    }

    /** Number of elements. */
    int size() {
        return totals.length;
    }

    /** @param rank 0 for the dearest */
    int element(int rank) {
        return ranks[rank];
    }

    /** What pools add to the element. */
    long allocated(int element) {
        return allocated[element];
    }

    /** Direct and allocated. */
    long total(int element) {
        return totals[element];
    }

    /** The same in whole cents. */
    long cents(int element) {
        return cents[element];
    }

    /** What of a pool is nobody's, in whole cents. */
    long poolCents(int pool) {
        return poolCents[pool];
    }

    /** Of everything, in whole cents. */
    long totalCents() {
        return Math.addExact(
                Arrays.stream(cents).sum(), Arrays.stream(poolCents).sum());
    }

    /** Whole cents as text with two digits after the point. */
    static String cents(long nano) {
        return Usd.ofNano(nano).setScale(2).toPlainString();
    }
}
