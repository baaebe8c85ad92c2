package io.pentameter.aggregation.pool;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.money.Usd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Direct and shared cost, by element. Everything adds up: the rows, {@code other} and the lines of the pools are the totals, to the
 * nano-dollar and, in {@code statementUsd}, to the cent.
 *
 * @param from  first day counted
 * @param to    the day after the last one counted; a day that has not begun is not
 * @param rows  dearest first
 * @param other the rows that the limit leaves out; absent if there are none
 * @param coverage what the direct costs speak for
 * @param priceBasis of the direct costs, and of what was split by cost
 */
record AllocationView(
        String from,
        String to,
        List<String> by,
        List<Row> rows,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Other other,
        List<PoolLine> pools,
        Totals totals,
        Coverage coverage,
        PriceBasis priceBasis) {

    /**
     * One element.
     *
     * @param group by dimension; null: not known
     * @param pools allocated amounts by id of the pool
     * @param statementUsd the total in cents
     */
    record Row(
            Map<String, @Nullable String> group,
            String directUsd,
            Map<String, String> pools,
            String allocatedUsd,
            String totalUsd,
            String statementUsd,
            Coverage coverage) {}

    /** @param rows how many they are */
    record Other(int rows, String directUsd, String allocatedUsd, String totalUsd, String statementUsd) {}

    /**
     * A pool in the window.
     *
     * @param unallocatedUsd of days on which its driver measured nothing
     * @param idleUsd        paid for and not used
     * @param statementUsd   of the two in cents
     */
    record PoolLine(
            String id,
            long version,
            String name,
            String costUsd,
            String allocatedUsd,
            String unallocatedUsd,
            String idleUsd,
            String statementUsd) {}

    record Totals(
            String directUsd,
            String allocatedUsd,
            String unallocatedUsd,
            String idleUsd,
            String totalUsd,
            String statementUsd) {}

    /** @param priced share of the spans that should have a price which do; null if none should */
    record Coverage(@Nullable Double priced) {

        static Coverage of(Measurements.Direct direct) {
            return new Coverage(direct.priceable() == 0 ? null : (double) direct.priced() / direct.priceable());
        }
    }

    static AllocationView of(AllocationQuery query, Allocated allocated) {
        Tally tally = new Tally(allocated);
        List<Allocated.PoolSums> pools = allocated.pools();
        return new AllocationView(
                allocated.days().from().toString(),
                allocated.days().to().toString(),
                query.by().stream().map(Dimension::word).toList(),
                IntStream.range(0, Math.min(query.limit(), tally.size()))
                        .mapToObj(rank -> row(query.by(), allocated, tally, tally.element(rank)))
                        .toList(),
                tally.size() > query.limit() ? other(allocated, tally, query.limit()) : null,
                IntStream.range(0, pools.size())
                        .mapToObj(pool -> line(pools.get(pool), tally.poolCents(pool)))
                        .toList(),
                totals(allocated, tally),
                Coverage.of(allocated.coverage()),
                query.basis());
    }

    private static Row row(List<Dimension> by, Allocated allocated, Tally tally, int element) {
        Map<String, @Nullable String> group = new LinkedHashMap<>();
        List<String> path = allocated.elements().path(element);
        for (int i = 0; i < by.size(); i++) {
            group.put(by.get(i).word(), path.get(i).isEmpty() ? null : path.get(i));
        }
        Map<String, String> pools = new LinkedHashMap<>();
        for (Allocated.PoolSums pool : allocated.pools()) {
            if (pool.share(element) != 0) {
                pools.put(pool.pool().id(), Usd.text(pool.share(element)));
            }
        }
        Measurements.Direct direct = allocated.direct(element);
        return new Row(
                group,
                Usd.text(direct.nano()),
                pools,
                Usd.text(tally.allocated(element)),
                Usd.text(tally.total(element)),
                Tally.cents(tally.cents(element)),
                Coverage.of(direct));
    }

    private static Other other(Allocated allocated, Tally tally, int shown) {
        long direct = 0;
        long shared = 0;
        long cents = 0;
        for (int rank = shown; rank < tally.size(); rank++) {
            int element = tally.element(rank);
            direct = Math.addExact(direct, allocated.directNano(element));
            shared = Math.addExact(shared, tally.allocated(element));
            cents = Math.addExact(cents, tally.cents(element));
        }
        return new Other(
                tally.size() - shown,
                Usd.text(direct),
                Usd.text(shared),
                Usd.text(Math.addExact(direct, shared)),
                Tally.cents(cents));
    }

    private static PoolLine line(Allocated.PoolSums pool, long cents) {
        return new PoolLine(
                pool.pool().id(),
                pool.pool().version(),
                pool.pool().terms().name(),
                Usd.text(pool.cost()),
                Usd.text(pool.allocated()),
                Usd.text(pool.unallocated()),
                Usd.text(pool.idle()),
                Tally.cents(cents));
    }

    private static Totals totals(Allocated allocated, Tally tally) {
        long direct = 0;
        for (int element = 0; element < tally.size(); element++) {
            direct = Math.addExact(direct, allocated.directNano(element));
        }
        long shared = 0;
        long unallocated = 0;
        long idle = 0;
        for (Allocated.PoolSums pool : allocated.pools()) {
            shared = Math.addExact(shared, pool.allocated());
            unallocated = Math.addExact(unallocated, pool.unallocated());
            idle = Math.addExact(idle, pool.idle());
        }
        long total = Math.addExact(Math.addExact(direct, shared), Math.addExact(unallocated, idle));
        return new Totals(
                Usd.text(direct),
                Usd.text(shared),
                Usd.text(unallocated),
                Usd.text(idle),
                Usd.text(total),
                Tally.cents(tally.totalCents()));
    }
}
