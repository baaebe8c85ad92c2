package io.pentameter.statistics.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.LogNormalDistribution;
import org.apache.commons.statistics.distribution.ParetoDistribution;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogSketchTest {

    private static final double[] PROBABILITIES = {0, 0.01, 0.5, 0.9, 0.99, 0.999, 0.9999, 1};

    @Test
    @DisplayName("quantile-relative-error")
    void quantilesOfAMillionValuesAreWithinOnePercent() {
        double[] lognormal =
                positions(1_000_000, LogNormalDistribution.of(Math.log(0.8), 1)::inverseCumulativeProbability);
        double[] pareto = positions(1_000_000, ParetoDistribution.of(1, 1.2)::inverseCumulativeProbability);

        for (double[] values : new double[][] {lognormal, pareto}) {
            LogSketch sketch = new LogSketch();
            Arrays.stream(values).forEach(sketch::add);
            for (double q : PROBABILITIES) {
                double exact = values[(int) (q * (values.length - 1))];
                double relative = sketch.quantile(q).orElseThrow() / exact - 1;
                assertThat(Math.abs(relative)).as("q %s", q).isLessThanOrEqualTo(0.01 + 1e-12);
            }
        }
        assertThat(lognormal[989_999]).isBetween(8.19, 8.20);
    }

    @Test
    void mergeOfAnyShardingIsTheWholeBitForBit() {
        SplittableRandom random = new SplittableRandom(42);
        LogSketch whole = new LogSketch();
        LogSketch[] shards = new LogSketch[100];
        Arrays.setAll(shards, _ -> new LogSketch());
        for (int i = 0; i < 100_000; i++) {
            double value = random.nextInt(50) == 0 ? 0 : Math.exp(random.nextGaussian() * 3);
            whole.add(value);
            shards[random.nextInt(100)].add(value);
        }

        LogSketch merged = new LogSketch();
        for (int i = 99; i >= 0; i--) {
            merged.merge(LogSketch.fromBytes(shards[i].toBytes()));
        }

        assertThat(merged).isEqualTo(whole).hasSameHashCodeAs(whole);
        assertThat(merged.toBytes()).isEqualTo(whole.toBytes());
        assertThat(merged.total()).isEqualTo(100_000);
        for (double q : PROBABILITIES) {
            assertThat(merged.quantile(q)).isEqualTo(whole.quantile(q));
            assertThat(LogBuckets.quantile(whole.buckets(), q)).isEqualTo(whole.quantile(q));
        }
        assertThat(LogSketch.of(whole.buckets())).isEqualTo(whole);
    }

    @Test
    void canBeMergedWithItself() {
        LogSketch sketch = new LogSketch();
        sketch.add(5);

        sketch.merge(sketch);

        assertThat(sketch.buckets()).isEqualTo(Map.of(LogBuckets.index(5), 2L));
    }

    @Test
    void reachesBothEndsOfTheRange() {
        LogSketch sketch = new LogSketch();
        sketch.add(0);
        sketch.add(LogBuckets.SMALLEST);
        sketch.add(Math.nextDown(LogBuckets.LARGEST));

        assertThat(sketch.quantile(0)).hasValue(0);
        assertThat(sketch.quantile(0.5).orElseThrow()).isLessThan(1e-280);
        assertThat(sketch.quantile(1).orElseThrow()).isGreaterThan(1e284);
        assertThat(LogSketch.fromBytes(sketch.toBytes())).isEqualTo(sketch);
    }

    @Test
    void collapsingCommutesWithMerging() {
        SplittableRandom random = new SplittableRandom(3);
        LogSketch one = new LogSketch();
        LogSketch other = new LogSketch();
        for (int i = 0; i < 10_000; i++) {
            one.add(Math.exp(random.nextGaussian() * 5));
            other.add(Math.exp(3 + random.nextGaussian() * 5));
        }
        LogSketch late = LogSketch.of(one.buckets());
        late.merge(other);

        LogSketch early = one.collapsedTo(900);
        early.merge(other.collapsedTo(900));

        assertThat(early.collapsedTo(900)).isEqualTo(late.collapsedTo(900));
        assertThat(late.collapsedTo(900).total()).isEqualTo(20_000);
        assertThat(late.collapsedTo(900).buckets()).hasSizeLessThanOrEqualTo(900);
        assertThat(late.collapsedTo(900).quantile(0.9)).isEqualTo(late.quantile(0.9));
    }

    @Test
    void nothingHasNoQuantile() {
        LogSketch empty = new LogSketch();

        assertThat(empty.quantile(0.5)).isEmpty();
        assertThat(empty.buckets()).isEmpty();
        assertThat(empty.collapsedTo(1)).isEqualTo(empty);
        assertThat(LogSketch.fromBytes(empty.toBytes())).isEqualTo(empty);
    }

    @Test
    void refusesBytesThatAreNotASketch() {
        byte[] good = sketchOf(1, 2, 3).toBytes();
        byte[] longer = Arrays.copyOf(good, good.length + 1);

        assertThatIllegalArgumentException().isThrownBy(() -> LogSketch.fromBytes(new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> LogSketch.fromBytes(new byte[] {9}));
        assertThatIllegalArgumentException().isThrownBy(() -> LogSketch.fromBytes(longer));
        for (int length = 1; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatIllegalArgumentException().isThrownBy(() -> LogSketch.fromBytes(cut));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sketchOf(1).add((short) 3, -1))
                .withMessage("count must be 0 or more: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sketchOf(1).collapsedTo(0))
                .withMessage("maxBuckets must be 1 or more: 0");
    }

    private static LogSketch sketchOf(double... values) {
        LogSketch sketch = new LogSketch();
        Arrays.stream(values).forEach(sketch::add);
        return sketch;
    }

    private static double[] positions(int n, java.util.function.DoubleUnaryOperator quantile) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> quantile.applyAsDouble((i + 0.5) / n));
        return values;
    }
}
