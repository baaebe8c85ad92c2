package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.money.Usd;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Direct costs and shares of pools, by element.
 *
 * <p>A pool is split day by day ({@link PoolDay}), and a window is the sum of its days; so a month is the sum of its days too, and
 * windows that follow each other add up. A pool whose own dimension is not asked for is split by it all the same, and each of its
 * elements' shares further to what is asked for.
 */
final class Allocator {

    private final AllocationQuery query;
    private final Measurements measurements;
    private final Measurements.Days days;

    /** @param today in UTC; days after it have no usage yet and are left out */
    Allocator(AllocationQuery query, Measurements measurements, LocalDate today) {
        this.query = query;
        this.measurements = measurements;
        LocalDate end = query.to().isAfter(today) ? today.plusDays(1) : query.to();
        days = new Measurements.Days(query.from(), end.isBefore(query.from()) ? query.from() : end);
    }

    /**
     * What came of one pool; shares, idle and unallocated add up to the cost.
     *
     * @param cost   of its days in the window
     * @param shares by values of the dimensions asked for
     */
    record PoolShares(
            Pool pool,
            BigDecimal cost,
            SortedMap<List<String>, BigDecimal> shares,
            BigDecimal unallocated,
            BigDecimal idle) {}

    /** What came of one pool on one day; shares, idle and unallocated add up to the cost. */
    record DayShares(
            LocalDate day,
            BigDecimal cost,
            SortedMap<List<String>, BigDecimal> shares,
            BigDecimal unallocated,
            BigDecimal idle) {}

    /** @param days that are counted */
    record Allocated(
            Measurements.Days days, SortedMap<List<String>, Measurements.Direct> direct, List<PoolShares> pools) {}

    Allocated allocate() {
        if (!days.from().isBefore(days.to())) {
            return new Allocated(days, new TreeMap<>(Paths.ORDER), List.of());
        }
        return new Allocated(
                days,
                measurements.direct(days, query.by()),
                query.pools().stream().map(this::shares).toList());
    }

    private PoolShares shares(Pool pool) {
        SortedMap<List<String>, BigDecimal> shares = new TreeMap<>(Paths.ORDER);
        BigDecimal cost = BigDecimal.ZERO;
        BigDecimal unallocated = BigDecimal.ZERO;
        BigDecimal idle = BigDecimal.ZERO;
        for (DayShares day : daily(pool)) {
            cost = cost.add(day.cost());
            unallocated = unallocated.add(day.unallocated());
            idle = idle.add(day.idle());
            day.shares().forEach((values, share) -> shares.merge(values, share, BigDecimal::add));
        }
        return new PoolShares(pool, Usd.rounded(cost), shares, unallocated, idle);
    }

    /** What came of a pool, day by day; days that it does not cover are left out. */
    List<DayShares> daily(Pool pool) {
        Pool.Terms terms = pool.terms();
        List<Dimension> path = path(terms);
        List<DayShares> daily = new ArrayList<>();
        for (LocalDate day = days.from(); day.isBefore(days.to()); day = day.plusDays(1)) {
            if (terms.covers(day)) {
                BigDecimal cost = terms.costOf(day);
                PoolDay.Split split = PoolDay.of(cost, terms, usage(terms, path, day), path.size());
                SortedMap<List<String>, BigDecimal> shares = new TreeMap<>(Paths.ORDER);
                split.shares().forEach((values, share) -> shares.merge(asked(path, values), share, BigDecimal::add));
                daily.add(new DayShares(day, cost, shares, split.unallocated(), split.idle()));
            }
        }
        return daily;
    }

    /** Its own dimension first, then what is asked for besides. */
    private List<Dimension> path(Pool.Terms terms) {
        List<Dimension> path = new ArrayList<>();
        terms.target().ifPresent(path::add);
        query.by().stream().filter(dimension -> !path.contains(dimension)).forEach(path::add);
        return path;
    }

    private PoolDay.Usage usage(Pool.Terms terms, List<Dimension> path, LocalDate day) {
        SortedMap<String, BigDecimal> first = switch (terms.driver()) {
            case Driver.Metered(Meter meter) ->
                sums(measurements.metered(days, path.subList(0, 1), meter).get(day));
            case Driver.Peak(Meter meter) ->
                Optional.ofNullable(
                                measurements.peaks(days, path.getFirst(), meter).get(day))
                        .orElseGet(TreeMap::new);
            case Driver.Fixed _, Driver.Idle _ -> new TreeMap<>();
        };
        if (path.size() == 1 || terms.driver() instanceof Driver.Idle) {
            return new PoolDay.Usage(first, new TreeMap<>(Paths.ORDER));
        }
        return new PoolDay.Usage(
                first,
                Optional.ofNullable(
                                measurements.metered(days, path, terms.then()).get(day))
                        .orElseGet(() -> new TreeMap<>(Paths.ORDER)));
    }

    private static SortedMap<String, BigDecimal> sums(@Nullable SortedMap<List<String>, BigDecimal> measured) {
        SortedMap<String, BigDecimal> sums = new TreeMap<>();
        if (measured != null) {
            measured.forEach((path, quantity) -> sums.merge(path.getFirst(), quantity, BigDecimal::add));
        }
        return sums;
    }

    private List<String> asked(List<Dimension> path, List<String> values) {
        Map<Dimension, String> byDimension = new HashMap<>();
        for (int i = 0; i < path.size(); i++) {
            byDimension.put(path.get(i), values.get(i));
        }
        return query.by().stream()
                .map(dimension -> byDimension.getOrDefault(dimension, ""))
                .toList();
    }
}
