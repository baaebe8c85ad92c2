package io.pentameter.aggregation.pool;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.statistics.attribution.Allocation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** An element in numbers. */
    private record Element(
            List<String> path, Measurements.Direct direct, Map<String, BigDecimal> pools, BigDecimal allocated) {

        BigDecimal total() {
            return direct.usd().add(allocated);
        }
    }

    static AllocationView of(AllocationQuery query, Allocator.Allocated allocated) {
        List<Element> elements = elements(allocated);
        List<BigDecimal> amounts =
                new ArrayList<>(elements.stream().map(Element::total).toList());
        allocated.pools().forEach(pool -> amounts.add(pool.unallocated().add(pool.idle())));
        List<BigDecimal> cents = Allocation.rounded(amounts, Allocation.STATEMENT_SCALE);
        Map<List<String>, BigDecimal> centsOf = new LinkedHashMap<>();
        for (int i = 0; i < elements.size(); i++) {
            centsOf.put(elements.get(i).path(), cents.get(i));
        }
        List<Element> dearest = elements.stream()
                .sorted(Comparator.comparing(Element::total).reversed().thenComparing(Element::path, Paths.ORDER))
                .toList();
        int shown = Math.min(query.limit(), dearest.size());
        List<PoolLine> lines = new ArrayList<>();
        for (int i = 0; i < allocated.pools().size(); i++) {
            lines.add(line(allocated.pools().get(i), cents.get(elements.size() + i)));
        }
        return new AllocationView(
                allocated.days().from().toString(),
                allocated.days().to().toString(),
                query.by().stream().map(Dimension::word).toList(),
                dearest.subList(0, shown).stream()
                        .map(element -> row(query.by(), element, centsOf.getOrDefault(element.path(), BigDecimal.ZERO)))
                        .toList(),
                other(dearest.subList(shown, dearest.size()), centsOf),
                lines,
                totals(elements, allocated.pools(), cents),
                Coverage.of(elements.stream().map(Element::direct).reduce(NOTHING, Measurements.Direct::plus)),
                query.basis());
    }

    private static final Measurements.Direct NOTHING = new Measurements.Direct(BigDecimal.ZERO, 0, 0);

    /** In the order of their names, which decides who gets a cent that is left over. */
    private static List<Element> elements(Allocator.Allocated allocated) {
        SortedMap<List<String>, Map<String, BigDecimal>> shares = new TreeMap<>(Paths.ORDER);
        allocated
                .pools()
                .forEach(pool -> pool.shares().forEach((path, share) -> {
                    if (share.signum() != 0) {
                        shares.computeIfAbsent(path, _ -> new LinkedHashMap<>())
                                .put(pool.pool().id(), share);
                    }
                }));
        Set<List<String>> paths = new HashSet<>(allocated.direct().keySet());
        paths.addAll(shares.keySet());
        return paths.stream()
                .sorted(Paths.ORDER)
                .map(path -> {
                    Map<String, BigDecimal> pools = shares.getOrDefault(path, Map.of());
                    return new Element(
                            path, allocated.direct().getOrDefault(path, NOTHING), pools, sum(pools.values()));
                })
                .toList();
    }

    private static Row row(List<Dimension> by, Element element, BigDecimal cents) {
        Map<String, @Nullable String> group = new LinkedHashMap<>();
        for (int i = 0; i < by.size(); i++) {
            String value = element.path().get(i);
            group.put(by.get(i).word(), value.isEmpty() ? null : value);
        }
        Map<String, String> pools = new LinkedHashMap<>();
        element.pools().forEach((id, share) -> pools.put(id, Usd.text(share)));
        return new Row(
                group,
                Usd.text(element.direct().usd()),
                pools,
                Usd.text(element.allocated()),
                Usd.text(element.total()),
                cents.toPlainString(),
                Coverage.of(element.direct()));
    }

    private static @Nullable Other other(List<Element> left, Map<List<String>, BigDecimal> centsOf) {
        if (left.isEmpty()) {
            return null;
        }
        return new Other(
                left.size(),
                Usd.text(
                        sum(left.stream().map(element -> element.direct().usd()).toList())),
                Usd.text(sum(left.stream().map(Element::allocated).toList())),
                Usd.text(sum(left.stream().map(Element::total).toList())),
                cents(sum(left.stream()
                        .map(element -> centsOf.getOrDefault(element.path(), BigDecimal.ZERO))
                        .toList())));
    }

    private static PoolLine line(Allocator.PoolShares pool, BigDecimal cents) {
        return new PoolLine(
                pool.pool().id(),
                pool.pool().version(),
                pool.pool().terms().name(),
                Usd.text(pool.cost()),
                Usd.text(sum(pool.shares().values())),
                Usd.text(pool.unallocated()),
                Usd.text(pool.idle()),
                cents.toPlainString());
    }

    private static Totals totals(List<Element> elements, List<Allocator.PoolShares> pools, List<BigDecimal> cents) {
        BigDecimal direct =
                sum(elements.stream().map(element -> element.direct().usd()).toList());
        BigDecimal allocated = sum(elements.stream().map(Element::allocated).toList());
        BigDecimal unallocated =
                sum(pools.stream().map(Allocator.PoolShares::unallocated).toList());
        BigDecimal idle = sum(pools.stream().map(Allocator.PoolShares::idle).toList());
        return new Totals(
                Usd.text(direct),
                Usd.text(allocated),
                Usd.text(unallocated),
                Usd.text(idle),
                Usd.text(direct.add(allocated).add(unallocated).add(idle)),
                cents(sum(cents)));
    }

    private static String cents(BigDecimal sum) {
        return sum.setScale(Allocation.STATEMENT_SCALE).toPlainString();
    }

    private static BigDecimal sum(Iterable<BigDecimal> amounts) {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal amount : amounts) {
            sum = sum.add(amount);
        }
        return sum;
    }
}
