package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.money.Usd;
import io.pentameter.statistics.attribution.AirportGame;
import io.pentameter.statistics.attribution.Allocation;
import io.pentameter.statistics.attribution.WholeAllocation;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.LongStream;

/**
 * One day of one pool, split: among the elements of the first dimension by the driver, then each element's share among what lies
 * below it.
 *
 * <p>Every stage hands on exactly what it got, by largest remainder at 1e-9 USD with ties in the order of the elements' names; so
 * shares, idle and unallocated add up to the cost of the day, and the same usage gives the same shares.
 */
final class PoolDay {

    /** Elements of one split by peak: its exact fractions grow with their number. */
    static final int MAX_PEAKS = 1_000;

    private final Names names;
    private final Usage usage;
    private final int depth;
    private final Taker taker;
    private final int[] path;

    private PoolDay(Names names, Usage usage, int depth, Taker taker) {
        this.names = names;
        this.usage = usage;
        this.depth = depth;
        this.taker = taker;
        path = new int[depth];
    }

    /**
     * What was measured on the day.
     *
     * @param first  of the driver, per element of the first dimension; of a peak its largest hour; unused for fixed weights
     * @param leaves the meter of the further stages, per path through all dimensions, the first included
     */
    record Usage(Cells first, Cells leaves) {}

    /** Gets the shares. */
    @FunctionalInterface
    interface Taker {

        /**
         * One share; the shares, with what is left in the {@link Rest}, are the cost of the day.
         *
         * @param path of names; of one whose further stages measured nothing the rest is empty texts: not known. Not to be kept
         * @param nano above 0, 1e-9 USD
         */
        void take(int[] path, long nano);
    }

    /**
     * What is nobody's share.
     *
     * @param unallocated what no element caused, because nothing was measured at all
     * @param idle        what the pool pays for and nobody used
     */
    record Rest(BigDecimal unallocated, BigDecimal idle) {}

    /**
     * Splits the cost of a day.
     *
     * @param depth number of dimensions, 1 or more
     */
    static Rest of(BigDecimal cost, Pool.Terms terms, Usage usage, int depth, Names names, Taker taker) {
        BigDecimal idle = idle(cost, terms, usage.first());
        BigDecimal rest = cost.subtract(idle);
        PoolDay day = new PoolDay(names, usage, depth, taker);
        boolean isSplit = switch (terms.driver()) {
            case Driver.Metered _ -> day.metered(Usd.nano(rest));
            case Driver.Peak _ -> day.peak(rest);
            case Driver.Fixed(var weights) -> day.fixed(rest, weights);
            case Driver.Idle _ -> false;
        };
        return new Rest(isSplit ? BigDecimal.ZERO : rest, idle);
    }

    private static BigDecimal idle(BigDecimal cost, Pool.Terms terms, Cells first) {
        if (terms.driver() instanceof Driver.Idle) {
            return cost;
        }
        if (terms.capacity().isEmpty()) {
            return BigDecimal.ZERO;
        }
        BigDecimal used = switch (terms.driver()) {
            case Driver.Metered(Meter meter) -> meter.quantity(first.total());
            case Driver.Peak(Meter meter) ->
                meter.quantity(LongStream.of(first.quantities()).max().orElse(0));
            case Driver.Fixed(var weights) -> weights.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            case Driver.Idle _ -> BigDecimal.ZERO;
        };
        BigDecimal free = terms.capacity().get().subtract(used).max(BigDecimal.ZERO);
        return free.signum() == 0
                ? BigDecimal.ZERO
                : Allocation.of(cost, List.of(used, free), Usd.SCALE).shares().get(1);
    }

    private boolean metered(long nano) {
        return usage.first().total() > 0
                && handOn(
                        names(usage.first()),
                        WholeAllocation.split(nano, usage.first().quantities()));
    }

    private boolean peak(BigDecimal usd) {
        List<BigDecimal> peaks = LongStream.of(usage.first().quantities())
                .mapToObj(BigDecimal::valueOf)
                .toList();
        return handOn(names(usage.first()), AirportGame.split(usd, peaks, Usd.SCALE));
    }

    private boolean fixed(BigDecimal usd, SortedMap<String, BigDecimal> weights) {
        return handOn(
                weights.keySet().stream().mapToInt(names::of).toArray(),
                Allocation.of(usd, List.copyOf(weights.values()), Usd.SCALE));
    }

    private static int[] names(Cells first) {
        int[] names = new int[first.size()];
        Arrays.setAll(names, row -> first.name(row, 0));
        return names;
    }

    private boolean handOn(int[] elements, Allocation split) {
        return split.unallocated().signum() == 0
                && handOn(elements, split.shares().stream().mapToLong(Usd::nano).toArray());
    }

    private boolean handOn(int[] elements, long[] shares) {
        int[] begins = depth == 1 ? new int[0] : begins();
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                path[0] = elements[i];
                if (depth == 1) {
                    taker.take(path, shares[i]);
                } else {
                    int begin = elements[i] < begins.length ? begins[elements[i]] : 0;
                    below(begin - 1, 1, shares[i]);
                }
            }
        }
        return true;
    }

    /** By name of a first step, the first row of the leaves that begins with it, counted from 1; 0 for none. */
    private int[] begins() {
        int[] begins = new int[names.size()];
        for (int row = usage.leaves().size() - 1; row >= 0; row--) {
            begins[usage.leaves().name(row, 0)] = row + 1;
        }
        return begins;
    }

    /**
     * Splits what the path so far got among the leaves that begin with it.
     *
     * @param begin the first of them; below 0 for none
     */
    private void below(int begin, int step, long share) {
        Cells leaves = usage.leaves();
        int end = begin < 0 ? begin : end(begin, step);
        int[] starts = new int[end - begin + 1];
        long[] weights = new long[end - begin];
        int groups = 0;
        long sum = 0;
        for (int row = begin; row < end; row++) {
            if (row == begin || leaves.name(row, step) != leaves.name(row - 1, step)) {
                starts[groups++] = row;
            }
            weights[groups - 1] += leaves.quantity(row);
            sum += leaves.quantity(row);
        }
        if (sum == 0) {
            Arrays.fill(path, step, depth, names.of(""));
            taker.take(path, share);
            return;
        }
        long[] shares = WholeAllocation.split(share, Arrays.copyOf(weights, groups));
        for (int group = 0; group < groups; group++) {
            if (shares[group] > 0) {
                path[step] = leaves.name(starts[group], step);
                if (step + 1 == depth) {
                    taker.take(path, shares[group]);
                } else {
                    below(starts[group], step + 1, shares[group]);
                }
            }
        }
    }

    /** Behind the last row whose path is the same as that of {@code begin}, as far as {@code step}. */
    private int end(int begin, int step) {
        Cells leaves = usage.leaves();
        int end = begin + 1;
        while (end < leaves.size() && isSame(leaves, begin, end, step)) {
            end++;
        }
        return end;
    }

    private static boolean isSame(Cells leaves, int one, int other, int steps) {
        for (int step = 0; step < steps; step++) {
            if (leaves.name(one, step) != leaves.name(other, step)) {
                return false;
            }
        }
        return true;
    }
}
