package io.pentameter.aggregation.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.money.Usd;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolDayTest {

    private static final Driver REQUESTS = new Driver.Metered(Meter.REQUESTS);

    private record Used(SortedMap<String, Long> first, SortedMap<List<String>, Long> leaves) {}

    private record Split(Map<List<String>, BigDecimal> shares, BigDecimal unallocated, BigDecimal idle) {}

    @Test
    void aPoolIsSplitInProportionAndTheOddNanoDollarGoesToTheFirstName() {
        Split split = split("100", REQUESTS, Map.of("a", 1L, "b", 1L, "c", 1L));

        assertThat(split.shares())
                .isEqualTo(Map.of(
                        List.of("a"), usd("33.333333334"),
                        List.of("b"), usd("33.333333333"),
                        List.of("c"), usd("33.333333333")));
        assertThat(split.unallocated()).isZero();
    }

    @Test
    void capacityForAPeakIsPaidStepByStep() {
        Split split = split("18", new Driver.Peak(Meter.REQUESTS), Map.of("a", 8L, "b", 11L, "c", 13L, "d", 18L));

        assertThat(split.shares().values())
                .containsExactlyInAnyOrder(
                        usd("2.000000000"), usd("3.000000000"), usd("4.000000000"), usd("9.000000000"));
    }

    @Test
    void nothingMeasuredLeavesTheDayUnallocated() {
        Split split = split("12.5", REQUESTS, Map.of());

        assertThat(split.shares()).isEmpty();
        assertThat(split.unallocated()).isEqualByComparingTo("12.5");
        assertThat(split.idle()).isZero();
    }

    @Test
    void whatNobodyUsedOfACapacityIsIdle() {
        Pool.Terms terms = terms("10", REQUESTS, Optional.of(usd("100")));

        Split split = of(usd("10"), terms, usage(Map.of("a", 20L, "b", 5L)), 1);

        assertThat(split.idle()).isEqualByComparingTo("7.5");
        assertThat(split.shares())
                .isEqualTo(Map.of(List.of("a"), usd("2.000000000"), List.of("b"), usd("0.500000000")));
    }

    @Test
    void anOverdrawnCapacityHasNothingIdle() {
        Pool.Terms terms = terms("10", REQUESTS, Optional.of(usd("20")));

        assertThat(of(usd("10"), terms, usage(Map.of("a", 20L, "b", 5L)), 1).idle())
                .isZero();
    }

    @Test
    void aPoolWithoutADriverIsIdleAsAWhole() {
        Split split = split("3", new Driver.Idle(), Map.of("a", 1L));

        assertThat(split.shares()).isEmpty();
        assertThat(split.idle()).isEqualByComparingTo("3");
    }

    @Test
    void aSecondStageHandsOnExactlyWhatTheFirstGave() {
        SortedMap<List<String>, Long> leaves = new TreeMap<>(Paths.ORDER);
        leaves.put(List.of("search", "acme"), 2L);
        leaves.put(List.of("search", "globex"), 1L);
        Used usage = new Used(new TreeMap<>(Map.of("search", 3L, "chat", 1L)), leaves);

        Split split = of(usd("10"), terms("10", REQUESTS, Optional.empty()), usage, 2);

        assertThat(split.shares())
                .isEqualTo(Map.of(
                        List.of("search", "acme"), usd("5.000000000"),
                        List.of("search", "globex"), usd("2.500000000"),
                        List.of("chat", ""), usd("2.500000000")));
    }

    @Test
    void theDaysOfAMonthAddUpToItsAmount() {
        Pool.Terms terms = new Pool.Terms(
                "m",
                Pool.Kind.LABOUR,
                usd("100"),
                Pool.Period.MONTH,
                LocalDate.of(2026, 1, 1),
                Optional.empty(),
                REQUESTS,
                Optional.empty(),
                Meter.REQUESTS,
                Optional.empty());

        assertThat(terms.costOf(LocalDate.of(2026, 11, 1))).isEqualByComparingTo("3.333333333");
        assertThat(terms.costOf(LocalDate.of(2026, 11, 2))).isEqualByComparingTo("3.333333334");
        for (int month = 1; month <= 12; month++) {
            LocalDate first = LocalDate.of(2028, month, 1);
            BigDecimal sum =
                    first.datesUntil(first.plusMonths(1)).map(terms::costOf).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum).isEqualByComparingTo("100");
        }
    }

    @Test
    void anyPoolIsConservedWhateverTheUsageAndAgainTheSameWhenAskedAgain() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 3_000; round++) {
            int depth = 1 + random.nextInt(3);
            SortedMap<List<String>, Long> leaves = new TreeMap<>(Paths.ORDER);
            SortedMap<String, Long> first = new TreeMap<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                List<String> path = new ArrayList<>();
                for (int step = 0; step < depth; step++) {
                    path.add("e" + random.nextInt(4));
                }
                leaves.merge(path, random.nextLong(1_000), Long::sum);
                if (random.nextInt(4) > 0) {
                    first.merge(path.getFirst(), random.nextLong(1_000_000), Long::sum);
                }
            }
            BigDecimal cost = BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), Usd.SCALE);
            Driver driver = random.nextBoolean() ? REQUESTS : new Driver.Peak(Meter.TOKENS);
            Optional<BigDecimal> capacity = random.nextBoolean()
                    ? Optional.empty()
                    : Optional.of(BigDecimal.valueOf(random.nextLong(1, 3_000_000)));
            Pool.Terms terms = terms("1", driver, capacity);
            Used usage = new Used(first, leaves);

            Split split = of(cost, terms, usage, depth);

            BigDecimal shared = split.shares().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(shared.add(split.unallocated()).add(split.idle())).isEqualByComparingTo(cost);
            assertThat(split.shares().values()).allMatch(share -> share.signum() > 0 && share.scale() == Usd.SCALE);
            assertThat(split.idle().signum()).isNotNegative();
            assertThat(of(cost, terms, usage, depth)).isEqualTo(split);
        }
    }

    @Test
    void whoUsesMoreNeverPaysLess() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 3_000; round++) {
            Map<String, Long> used = new TreeMap<>();
            for (int i = 0; i < 2 + random.nextInt(6); i++) {
                used.put("e" + i, random.nextLong(50));
            }
            BigDecimal cost = BigDecimal.valueOf(random.nextLong(1_000), Usd.SCALE);
            BigDecimal before = share(split(cost.toPlainString(), REQUESTS, used), "e1");
            used.merge("e1", 1 + random.nextLong(20), Long::sum);

            BigDecimal after = share(split(cost.toPlainString(), REQUESTS, used), "e1");

            assertThat(after).isGreaterThanOrEqualTo(before);
        }
    }

    private static BigDecimal share(Split split, String element) {
        return split.shares().getOrDefault(List.of(element), BigDecimal.ZERO);
    }

    private static Split split(String cost, Driver driver, Map<String, Long> used) {
        return of(usd(cost), terms(cost, driver, Optional.empty()), usage(used), 1);
    }

    private static Pool.Terms terms(String amount, Driver driver, Optional<BigDecimal> capacity) {
        return new Pool.Terms(
                "p",
                Pool.Kind.OTHER,
                usd(amount),
                Pool.Period.DAY,
                LocalDate.of(2026, 11, 1),
                Optional.empty(),
                driver,
                Optional.empty(),
                Meter.REQUESTS,
                capacity);
    }

    private static Used usage(Map<String, Long> used) {
        return new Used(new TreeMap<>(used), new TreeMap<>(Paths.ORDER));
    }

    private static Split of(BigDecimal cost, Pool.Terms terms, Used used, int depth) {
        Names names = new Names(1_000, 7);
        Cells first = new Cells(1);
        used.first().forEach((element, quantity) -> first.add(new int[] {names.of(element)}, quantity));
        Cells leaves = new Cells(depth);
        used.leaves()
                .forEach((path, quantity) ->
                        leaves.add(path.stream().mapToInt(names::of).toArray(), quantity));
        Map<List<String>, BigDecimal> shares = new HashMap<>();
        PoolDay.Rest rest = PoolDay.of(
                cost,
                terms,
                new PoolDay.Usage(first, leaves),
                depth,
                names,
                (path, nano) -> assertThat(shares.put(
                                IntStream.of(path).mapToObj(names::text).toList(), BigDecimal.valueOf(nano, Usd.SCALE)))
                        .isNull());
        return new Split(shares, rest.unallocated(), rest.idle());
    }

    private static BigDecimal usd(String text) {
        return new BigDecimal(text);
    }
}
