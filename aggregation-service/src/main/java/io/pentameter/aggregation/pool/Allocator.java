package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Shares of pools, by element and day.
 *
 * <p>A pool is split day by day ({@link PoolDay}), and a window is the sum of its days; so a month is the sum of its days too, and
 * windows that follow each other add up. A pool whose own dimension is not asked for is split by it all the same, and each of its
 * elements' shares further to what is asked for.
 *
 * <p>Some days are measured at a time, many where there are few elements and one where there are a million: what is held is the
 * names, the sums and one piece of the window. Used for one request.
 */
final class Allocator {

    /** Elements of one allocation. */
    static final int MAX_ELEMENTS = 1 << 20;

    private static final Cells NOTHING = new Cells(1);
    private static final BigDecimal MOST = new BigDecimal("4000000000");

    private final AllocationQuery query;
    private final Measurements measurements;
    private final Measurements.Days days;
    private final Elements elements;

    /** @param today in UTC; days after it have no usage yet and are left out */
    Allocator(AllocationQuery query, Measurements measurements, LocalDate today) {
        this.query = query;
        this.measurements = measurements;
        LocalDate end = query.to().isAfter(today) ? today.plusDays(1) : query.to();
        days = new Measurements.Days(query.from(), end.isBefore(query.from()) ? query.from() : end);
        elements = new Elements(measurements.names(), query.by().size(), MAX_ELEMENTS);
    }

    /** Gets what came of a pool on a day. */
    @FunctionalInterface
    interface Taker {
        void take(DayShares day);
    }

    /** That are counted. */
    Measurements.Days days() {
        return days;
    }

    Elements elements() {
        return elements;
    }

    /** Direct costs and the sums of all days. */
    Allocated allocate() {
        if (!days.from().isBefore(days.to())) {
            return new Allocated(days, elements, List.of());
        }
        Allocated allocated = new Allocated(days, elements, query.pools());
        measurements.direct(
                days,
                query.by(),
                (path, direct) -> allocated.add(elements.of(path[0], path.length == 1 ? 0 : path[1]), direct));
        daily(allocated::add);
        return allocated;
    }

    /** By piece of the window, pool and day; days that a pool does not cover are left out. */
    void daily(Taker taker) {
        if (query.pools().isEmpty() || !days.from().isBefore(days.to())) {
            return;
        }
        requireNumbers();
        List<List<Dimension>> paths =
                query.pools().stream().map(pool -> path(pool.terms())).toList();
        Shares shares = new Shares();
        for (Measurements.Days piece : measurements.pieces(days, paths)) {
            for (int i = 0; i < paths.size(); i++) {
                Pool pool = query.pools().get(i);
                for (LocalDate day = piece.from(); day.isBefore(piece.to()); day = day.plusDays(1)) {
                    if (pool.terms().covers(day)) {
                        taker.take(split(pool, piece, paths.get(i), day, shares));
                    }
                }
            }
        }
    }

    /** Sums are 64-bit numbers of 1e-9 USD. */
    private void requireNumbers() {
        BigDecimal cost = BigDecimal.ZERO;
        for (Pool pool : query.pools()) {
            for (LocalDate day = days.from(); day.isBefore(days.to()); day = day.plusDays(1)) {
                cost = pool.terms().covers(day) ? cost.add(pool.terms().costOf(day)) : cost;
            }
        }
        if (cost.compareTo(MOST) > 0) {
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE,
                    "the pools cost $%s in the window, at most $%s are allocated at once: ask for fewer days or pools"
                            .formatted(Usd.text(cost), MOST.toPlainString()));
        }
    }

    private DayShares split(Pool pool, Measurements.Days piece, List<Dimension> path, LocalDate day, Shares shares) {
        BigDecimal cost = pool.terms().costOf(day);
        int[] asked = query.by().stream().mapToInt(path::indexOf).toArray();
        PoolDay.Rest rest = PoolDay.of(
                cost,
                pool.terms(),
                usage(pool.terms(), piece, path, day),
                path.size(),
                measurements.names(),
                (values, nano) ->
                        shares.add(elements.of(values[asked[0]], asked.length == 1 ? 0 : values[asked[1]]), nano));
        return shares.of(pool, day, cost, rest);
    }

    /** Its own dimension first, then what is asked for besides. */
    private List<Dimension> path(Pool.Terms terms) {
        List<Dimension> path = new ArrayList<>();
        terms.target().ifPresent(path::add);
        query.by().stream().filter(dimension -> !path.contains(dimension)).forEach(path::add);
        return path;
    }

    private PoolDay.Usage usage(Pool.Terms terms, Measurements.Days piece, List<Dimension> path, LocalDate day) {
        Map<LocalDate, Cells> first = switch (terms.driver()) {
            case Driver.Metered(Meter meter) -> measurements.metered(piece, path.subList(0, 1), meter);
            case Driver.Peak(Meter meter) -> measurements.peaks(piece, path.getFirst(), meter);
            case Driver.Fixed _, Driver.Idle _ -> Map.of();
        };
        Map<LocalDate, Cells> leaves = path.size() == 1 || terms.driver() instanceof Driver.Idle
                ? Map.of()
                : measurements.metered(piece, path, terms.then());
        return new PoolDay.Usage(first.getOrDefault(day, NOTHING), leaves.getOrDefault(day, NOTHING));
    }

    /** Collects the shares of a day: several paths may be of one element. */
    private static final class Shares {

        private long[] sums = new long[64];
        private int[] touched = new int[64];
        private int count;

        void add(int element, long nano) {
            if (element >= sums.length) {
                sums = Arrays.copyOf(sums, element * 2);
            }
            if (sums[element] == 0) {
                if (count == touched.length) {
                    touched = Arrays.copyOf(touched, count * 2);
                }
                touched[count++] = element;
            }
            sums[element] += nano;
        }

        /** And is empty again. */
        DayShares of(Pool pool, LocalDate day, BigDecimal cost, PoolDay.Rest rest) {
            int[] elements = Arrays.copyOf(touched, count);
            long[] shares = new long[count];
            for (int i = 0; i < count; i++) {
                shares[i] = sums[elements[i]];
                sums[elements[i]] = 0;
            }
            count = 0;
            return new DayShares(pool, day, cost, rest, elements, shares);
        }
    }
}
