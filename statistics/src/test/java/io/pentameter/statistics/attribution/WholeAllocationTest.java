package io.pentameter.statistics.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WholeAllocationTest {

    private static final int RECEIVERS = 1_000_000;

    @Test
    void splitsHamiltonsSeats() {
        assertThat(WholeAllocation.split(10, new long[] {47_000, 16_000, 15_800, 12_000, 6_100, 3_100}))
                .containsExactly(5, 2, 1, 1, 1, 0);
        assertThat(WholeAllocation.split(2, new long[] {1, 0, 1, 1})).containsExactly(1, 0, 1, 0);
    }

    @Test
    void isTheAllocationOfDecimals() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 5_000; round++) {
            long largest = 1L << random.nextInt(1, 58);
            long[] weights = LongStream.range(0, random.nextInt(1, 20))
                    .map(_ -> random.nextInt(4) == 0 ? 0 : random.nextLong(largest))
                    .toArray();
            weights[random.nextInt(weights.length)] += 1;
            long total = random.nextLong(1L << random.nextInt(1, 62));

            long[] shares = WholeAllocation.split(total, weights);

            assertThat(shares)
                    .as("%d by %s", total, Arrays.toString(weights))
                    .isEqualTo(longs(Allocation.of(BigDecimal.valueOf(total), decimals(weights), 0)
                            .shares()));
        }
    }

    @Test
    void roundsAsTheAllocationOfDecimals() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 5_000; round++) {
            long[] nano = LongStream.range(0, random.nextInt(1, 20))
                    .map(_ -> random.nextLong(-50_000_000, 1L << random.nextInt(1, 50)))
                    .toArray();
            List<BigDecimal> dollars = LongStream.of(nano)
                    .mapToObj(amount -> BigDecimal.valueOf(amount, 9))
                    .toList();

            assertThat(WholeAllocation.rounded(nano, 10_000_000))
                    .isEqualTo(longs(Allocation.rounded(dollars, 2).stream()
                            .map(cents -> cents.movePointRight(9))
                            .toList()));
        }
        assertThat(WholeAllocation.rounded(new long[] {5, 5, 5}, 10)).containsExactly(10, 10, 0);
        assertThat(WholeAllocation.rounded(new long[] {2, 3}, 10)).containsExactly(0, 0);
    }

    @Test
    void conservesAmongAMillionReceivers() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 3; round++) {
            long[] weights = LongStream.range(0, RECEIVERS)
                    .map(_ -> random.nextInt(5) == 0 ? 0 : random.nextLong(1_000_000_000))
                    .toArray();
            long total = random.nextLong(1_000_000_000_000_000_000L);
            BigInteger sum = BigInteger.valueOf(LongStream.of(weights).sum());

            long[] shares = WholeAllocation.split(total, weights);

            assertThat(LongStream.of(shares).sum()).isEqualTo(total);
            for (int i = 0; i < RECEIVERS; i += 997) {
                BigInteger exact = BigInteger.valueOf(total)
                        .multiply(BigInteger.valueOf(weights[i]))
                        .divide(sum);
                assertThat(shares[i] - exact.longValueExact()).isBetween(0L, weights[i] == 0 ? 0L : 1L);
            }
            assertThat(LongStream.of(WholeAllocation.rounded(shares, 10_000_000))
                            .sum())
                    .isEqualTo(WholeAllocation.rounded(new long[] {total}, 10_000_000)[0]);
        }
    }

    @Test
    void refusesWhatCannotBeSplit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WholeAllocation.split(1, new long[] {0, 0}))
                .withMessageContaining("above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WholeAllocation.split(1, new long[] {2, -1}))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WholeAllocation.split(-1, new long[] {2}))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> WholeAllocation.rounded(new long[] {2}, 0));
    }

    private static List<BigDecimal> decimals(long[] amounts) {
        return LongStream.of(amounts).mapToObj(BigDecimal::valueOf).toList();
    }

    private static long[] longs(List<BigDecimal> amounts) {
        return amounts.stream().mapToLong(BigDecimal::longValueExact).toArray();
    }
}
