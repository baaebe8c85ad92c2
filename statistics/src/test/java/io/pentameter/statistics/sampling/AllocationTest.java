package io.pentameter.statistics.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.statistics.cases.PublishedCase;
import io.pentameter.statistics.sampling.NeymanAllocation.Allocation;
import io.pentameter.statistics.sampling.NeymanAllocation.Stratum;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AllocationTest {

    @Test
    @DisplayName("neyman-4strata")
    void matchesNeyman4Strata() {
        PublishedCase published = PublishedCase.of("01_sampling", "neyman-4strata");
        List<Stratum> equalCost = new ArrayList<>();
        List<Stratum> costly = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            long population = published.input().path("N").get(i).asLong();
            double deviation = published.input().path("S").get(i).asDouble();
            equalCost.add(new Stratum(population, deviation));
            costly.add(new Stratum(
                    population, deviation, published.input().path("C").get(i).asDouble()));
        }

        Allocation allocation = NeymanAllocation.divide(100, 10, equalCost);

        assertIsClose(allocation, published.expected().path("neyman_exact"), published.tolerance());
        assertThat(allocation.whole()).containsExactly(26L, 29L, 26L, 19L);
        assertIsClose(
                NeymanAllocation.divide(100, 10, costly),
                published.expected().path("cost_optimal_exact"),
                published.tolerance());
        assertThat(NeymanAllocation.proportionalVariance(100, equalCost))
                .isCloseTo(published.expected().path("var_proportional").asDouble(), within(published.tolerance()));
        assertThat(NeymanAllocation.optimalVariance(100, equalCost))
                .isCloseTo(published.expected().path("var_neyman").asDouble(), within(published.tolerance()));
    }

    @Test
    void takesASmallStratumWholeAndDividesTheRest() {
        Allocation allocation = NeymanAllocation.divide(
                100, 0, List.of(new Stratum(5, 100), new Stratum(1_000, 1), new Stratum(1_000, 3)));

        assertThat(allocation.exact().get(0)).isEqualTo(5);
        assertThat(allocation.exact().get(1)).isCloseTo(95 / 4.0, within(1e-9));
        assertThat(allocation.whole()).containsExactly(5L, 24L, 71L);
    }

    @Test
    void keepsTheFloorOfAStratumThatHardlyVaries() {
        Allocation allocation =
                NeymanAllocation.divide(100, 10, List.of(new Stratum(10_000, 0.001), new Stratum(10_000, 1)));

        assertThat(allocation.whole()).containsExactly(10L, 90L);
        assertThat(NeymanAllocation.divide(100, 10, List.of(new Stratum(3, 0.001), new Stratum(10_000, 1)))
                        .whole())
                .containsExactly(3L, 97L);
    }

    @Test
    void followsTheSizesWhenNothingVaries() {
        assertThat(NeymanAllocation.divide(30, 0, List.of(new Stratum(100, 0), new Stratum(200, 0)))
                        .whole())
                .containsExactly(10L, 20L);
        // what varies is exhausted first, the rest goes to the strata that do not
        assertThat(NeymanAllocation.divide(50, 0, List.of(new Stratum(20, 1), new Stratum(100, 0), new Stratum(200, 0)))
                        .whole())
                .containsExactly(20L, 10L, 20L);
    }

    @Test
    void saysWhenFloorsOrPopulationCannotBeMet() {
        List<Stratum> strata = List.of(new Stratum(100, 1), new Stratum(100, 1));

        Allocation small = NeymanAllocation.divide(5, 10, strata);
        Allocation large = NeymanAllocation.divide(500, 10, strata);

        assertThat(small.whole()).containsExactly(3L, 2L);
        assertThat(small.warnings()).extracting("code").containsExactly("below-floors");
        assertThat(large.whole()).containsExactly(100L, 100L);
        assertThat(large.warnings()).extracting("code").containsExactly("above-population");
        assertThat(NeymanAllocation.divide(200, 10, strata).warnings()).isEmpty();
        assertThat(NeymanAllocation.divide(0, 0, strata).whole()).containsExactly(0L, 0L);
        assertThat(NeymanAllocation.divide(0, 0, List.of()).whole()).isEmpty();
    }

    @Test
    void addsUpWithinTheLimitsForAnyStrata() {
        SplittableRandom random = new SplittableRandom(23);
        for (int i = 0; i < 3_000; i++) {
            List<Stratum> strata = new ArrayList<>();
            long population = 0;
            for (int j = random.nextInt(1, 8); j > 0; j--) {
                long size = random.nextInt(5) == 0 ? 0 : (long) Math.exp(random.nextDouble(12));
                double deviation = random.nextInt(4) == 0 ? 0 : Math.exp(random.nextDouble(-25, 25));
                strata.add(new Stratum(size, deviation, Math.exp(random.nextDouble(-5, 5))));
                population += size;
            }
            long size = random.nextLong(population + 2);
            long floor = random.nextLong(20);

            Allocation allocation = NeymanAllocation.divide(size, floor, strata);

            assertThat(allocation.whole().stream().mapToLong(Long::longValue).sum())
                    .as("%d of %s", size, strata)
                    .isEqualTo(Math.min(size, population));
            for (int j = 0; j < strata.size(); j++) {
                assertThat(allocation.whole().get(j))
                        .isBetween(0L, strata.get(j).population());
            }
            if (allocation.warnings().isEmpty() && size <= population) {
                for (int j = 0; j < strata.size(); j++) {
                    assertThat(allocation.whole().get(j))
                            .isGreaterThanOrEqualTo(
                                    Math.min(floor, strata.get(j).population()));
                }
            }
        }
    }

    @Test
    void isAsPreciseAsAnyNeighbour() {
        List<Stratum> strata =
                List.of(new Stratum(400, 10), new Stratum(300, 15), new Stratum(200, 20), new Stratum(12, 400));
        List<Double> best = NeymanAllocation.divide(100, 10, strata).exact();
        double least = variance(strata, best);
        for (int from = 0; from < 3; from++) {
            for (int to = 0; to < 3; to++) {
                List<Double> moved = new ArrayList<>(best);
                moved.set(from, moved.get(from) - 0.1);
                moved.set(to, moved.get(to) + 0.1);
                assertThat(variance(strata, moved)).isGreaterThanOrEqualTo(least);
            }
        }
        assertThat(best.get(3)).isEqualTo(12);
    }

    @Test
    void pullsTheDeviationOfARateAwayFromZero() {
        assertThat(NeymanAllocation.rateDeviation(0, 0)).isEqualTo(0.5);
        assertThat(NeymanAllocation.rateDeviation(8, 8)).isCloseTo(Math.sqrt(0.9 * 0.1), within(1e-15));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NeymanAllocation.rateDeviation(3, 2))
                .withMessage("successes must be in 0..2: 3");
    }

    @Test
    void dividesByLargestRemainder() {
        assertThat(LargestRemainder.divide(10, 1, 1, 1)).containsExactly(4, 3, 3);
        assertThat(LargestRemainder.divide(100, 0.1, 0.2, 0.7)).containsExactly(10, 20, 70);
        assertThat(LargestRemainder.divide(7, 0, 5, 0)).containsExactly(0, 7, 0);
        assertThat(LargestRemainder.divide(0, 0, 0)).containsExactly(0, 0);
        assertThat(LargestRemainder.divide(3, 1e-300, 1e-300, 1e-300)).containsExactly(1, 1, 1);
        assertThat(LargestRemainder.divide(3, 1e308, 1e308, 1e308)).containsExactly(1, 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LargestRemainder.divide(3, 0, 0))
                .withMessage("one weight at least must be above 0 to divide 3");
    }

    @Test
    void carriesOverWhatASlotDidNotUse() {
        SlotBudget day = new SlotBudget(100, 1, 2, 1);

        assertThat(day.slots()).isEqualTo(3);
        assertThat(day.planned(1)).isEqualTo(50);
        assertThat(day.available(0, 0)).isEqualTo(25);
        assertThat(day.available(1, 5)).isEqualTo(70);
        assertThat(day.available(2, 100)).isZero();
        assertThat(day.available(2, 120)).isZero();
        assertThat(day.available(2, 40)).isEqualTo(60);
    }

    private static double variance(List<Stratum> strata, List<Double> sizes) {
        double variance = 0;
        for (int i = 0; i < strata.size(); i++) {
            double spread = strata.get(i).population() * strata.get(i).deviation();
            variance += spread * spread / sizes.get(i);
        }
        return variance;
    }

    private static void assertIsClose(Allocation allocation, JsonNode expected, double tolerance) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(allocation.exact().get(i)).isCloseTo(expected.get(i).asDouble(), within(tolerance));
        }
    }
}
