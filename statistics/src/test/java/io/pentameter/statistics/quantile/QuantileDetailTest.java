package io.pentameter.statistics.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Ends of buckets, growth of a sketch, and what is refused. */
class QuantileDetailTest {

    @Test
    void bucketsHaveTheirEnds() {
        assertThat(LogBuckets.lower((short) 0)).isEqualTo(1);
        assertThat(LogBuckets.upper((short) 0)).isCloseTo(101.0 / 99, withinPercentage(1e-12));
        assertThat(LogBuckets.upper((short) 9)).isEqualTo(LogBuckets.lower((short) 10));
        assertThat(LogBuckets.lower(LogBuckets.ZERO_BUCKET)).isZero();
        assertThat(LogBuckets.upper(LogBuckets.ZERO_BUCKET)).isEqualTo(LogBuckets.SMALLEST);
        assertThat(LogBuckets.index(0)).isEqualTo(LogBuckets.ZERO_BUCKET);
        Map<Short, Long> gaps = new TreeMap<>(Map.of((short) 3, 0L, (short) 5, 2L, (short) 7, 0L));
        assertThat(LogBuckets.quantile(gaps, 0)).hasValue(LogBuckets.representative((short) 5));
        assertThat(LogBuckets.quantile(gaps, 1)).hasValue(LogBuckets.representative((short) 5));
    }

    /** Grown in any direction, by one bucket or by thousands, a sketch holds what a plain map does. */
    @Test
    void aSketchGrowsToBothSidesWithoutLoss() {
        SplittableRandom random = new SplittableRandom(19);
        for (int round = 0; round < 50; round++) {
            LogSketch sketch = new LogSketch();
            TreeMap<Short, Long> plain = new TreeMap<>();
            int at = random.nextInt(-3_000, 3_000);
            for (int i = 0; i < 300; i++) {
                at += random.nextInt(round % 2 == 0 ? 3 : 200) * (random.nextBoolean() ? 1 : -1);
                short bucket = (short) at;
                sketch.add(bucket, 1 + i % 3);
                plain.merge(bucket, 1L + i % 3, Long::sum);
            }
            assertThat(sketch.buckets()).isEqualTo(plain);
            assertThat(LogSketch.fromBytes(sketch.toBytes())).isEqualTo(sketch).hasSameHashCodeAs(sketch);
            assertThat(sketch.quantile(0.37)).isEqualTo(LogBuckets.quantile(plain, 0.37));
        }
        LogSketch one = new LogSketch();
        one.add(1);
        assertThat(one).isNotEqualTo(new LogSketch()).isNotEqualTo("sketch");
        assertThat(one).hasToString("LogSketch[total=1, buckets=1]");
        one.add((short) 3, 0);
        assertThat(one.total()).isOne();
        assertThat(new LogSketch().collapsedTo(5)).isEqualTo(new LogSketch());
    }

    @Test
    void numbersOfEveryLengthAreStored() {
        for (long count : new long[] {1, 127, 128, 16_383, 16_384, Long.MAX_VALUE}) {
            LogSketch sketch = new LogSketch();
            sketch.add((short) 100, count);
            assertThat(LogSketch.fromBytes(sketch.toBytes()).total()).isEqualTo(count);
        }
    }

    @Test
    void collapsingKeepsExactlyTheHighestBuckets() {
        LogSketch sketch = new LogSketch();
        for (short bucket = 1; bucket <= 5; bucket++) {
            sketch.add(bucket, bucket);
        }
        sketch.add(0);

        assertThat(sketch.collapsedTo(3).buckets())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(LogBuckets.ZERO_BUCKET, 1L, (short) 3, 6L, (short) 4, 4L, (short) 5, 5L));
        assertThat(sketch.collapsedTo(5)).isEqualTo(sketch);
    }

    @Test
    void aNumberOfTenBytesIsRefused() {
        byte[] stored = new byte[13];
        java.util.Arrays.fill(stored, 1, 10, (byte) 0x80);
        stored[0] = 1;
        stored[10] = 1;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogSketch.fromBytes(stored))
                .withMessage("number must have at most 9 bytes, at 10");
    }

    @Test
    void weightsAreCheckedAndCounted() {
        WeightedLogSketch sketch = new WeightedLogSketch();
        sketch.add((short) 5, 2.5);
        sketch.add((short) 5, 0);
        sketch.add((short) 9, 0);

        assertThat(sketch.buckets()).containsExactly(Map.entry((short) 5, 2.5));
        assertThat(sketch.totalWeight()).isEqualTo(2.5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sketch.add((short) 5, Double.NaN))
                .withMessage("weight must be 0 or more and finite: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sketch.add((short) 5, Double.POSITIVE_INFINITY))
                .withMessage("weight must be 0 or more and finite: Infinity");
        assertThat(WeightedQuantile.of(new double[] {1, 2}, new double[] {1, 1}, 0.5))
                .hasValue(1);
        assertThat(TailRule.DEFAULT.allows(0.75, 40)).isTrue();
        assertThat(TailRule.DEFAULT.allows(0.75, 39)).isFalse();
    }
}
