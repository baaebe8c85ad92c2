package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.money.Usd;
import io.pentameter.statistics.attribution.AirportGame;
import io.pentameter.statistics.attribution.Allocation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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

    private PoolDay() {}

    /**
     * What was measured on the day.
     *
     * @param first  of the driver, per element of the first dimension; of a peak its largest hour; unused for fixed weights
     * @param leaves the meter of the further stages, per path through all dimensions, the first included
     */
    record Usage(SortedMap<String, BigDecimal> first, SortedMap<List<String>, BigDecimal> leaves) {}

    /**
     * What came of it; adds up to the cost of the day.
     *
     * @param shares      per path; a path whose further stages measured nothing ends in empty texts: not known
     * @param unallocated what no element caused, because nothing was measured at all
     * @param idle        what the pool pays for and nobody used
     */
    record Split(Map<List<String>, BigDecimal> shares, BigDecimal unallocated, BigDecimal idle) {}

    /**
     * Splits the cost of a day.
     *
     * @param depth number of dimensions, 1 or more
     */
    static Split of(BigDecimal cost, Pool.Terms terms, Usage usage, int depth) {
        SortedMap<String, BigDecimal> weights =
                terms.driver() instanceof Driver.Fixed(var fixed) ? fixed : usage.first();
        BigDecimal idle = idle(cost, terms, weights);
        BigDecimal rest = cost.subtract(idle);
        List<BigDecimal> values = List.copyOf(weights.values());
        Allocation first = switch (terms.driver()) {
            case Driver.Metered _, Driver.Fixed _ -> Allocation.of(rest, values, Usd.SCALE);
            case Driver.Peak _ -> AirportGame.split(rest, values, Usd.SCALE);
            case Driver.Idle _ -> Allocation.of(rest, List.of(), Usd.SCALE);
        };
        Map<List<String>, BigDecimal> shares = new HashMap<>();
        Map<List<String>, SortedMap<String, BigDecimal>> below = below(usage.leaves(), depth);
        int i = 0;
        for (String element : weights.keySet()) {
            if (i < first.shares().size()) {
                further(List.of(element), first.shares().get(i++), depth, below, shares);
            }
        }
        return new Split(shares, first.unallocated(), idle);
    }

    private static BigDecimal idle(BigDecimal cost, Pool.Terms terms, SortedMap<String, BigDecimal> weights) {
        if (terms.driver() instanceof Driver.Idle) {
            return cost;
        }
        if (terms.capacity().isEmpty()) {
            return BigDecimal.ZERO;
        }
        BigDecimal used = terms.driver() instanceof Driver.Peak
                ? weights.values().stream().reduce(BigDecimal.ZERO, BigDecimal::max)
                : weights.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal free = terms.capacity().get().subtract(used).max(BigDecimal.ZERO);
        return free.signum() == 0
                ? BigDecimal.ZERO
                : Allocation.of(cost, List.of(used, free), Usd.SCALE).shares().get(1);
    }

    /** Sums of the leaves under each path that is not a leaf, by the next step. */
    private static Map<List<String>, SortedMap<String, BigDecimal>> below(
            SortedMap<List<String>, BigDecimal> leaves, int depth) {
        Map<List<String>, SortedMap<String, BigDecimal>> below = new HashMap<>();
        leaves.forEach((path, weight) -> {
            for (int step = 1; step < depth; step++) {
                below.computeIfAbsent(path.subList(0, step), _ -> new TreeMap<>())
                        .merge(path.get(step), weight, BigDecimal::add);
            }
        });
        return below;
    }

    private static void further(
            List<String> path,
            BigDecimal share,
            int depth,
            Map<List<String>, SortedMap<String, BigDecimal>> below,
            Map<List<String>, BigDecimal> shares) {
        if (share.signum() == 0) {
            return;
        }
        SortedMap<String, BigDecimal> steps =
                path.size() == depth ? new TreeMap<>() : below.getOrDefault(path, new TreeMap<>());
        Allocation split = Allocation.of(share, List.copyOf(steps.values()), Usd.SCALE);
        if (split.unallocated().signum() != 0) {
            shares.merge(Paths.padded(path, depth), share, BigDecimal::add);
            return;
        }
        int i = 0;
        for (String step : steps.keySet()) {
            List<String> longer = new ArrayList<>(path);
            longer.add(step);
            further(Collections.unmodifiableList(longer), split.shares().get(i++), depth, below, shares);
        }
    }
}
