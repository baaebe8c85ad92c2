package io.pentameter.statistics.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogBucketsTest {

    @Test
    @DisplayName("ddsketch-log-mapping")
    void matchesDdSketchAndClickHouse() {
        assertThat(LogBuckets.GAMMA).isCloseTo(1.02020202020202, within(1e-14));
        assertThat(DoubleStream.of(1, 3, 1000).mapToInt(LogBuckets::index)).containsExactly(0, 54, 345);
        assertThat(LogBuckets.representative((short) 0)).isCloseTo(1.01, within(1e-9));
        assertThat(LogBuckets.representative((short) 54)).isCloseTo(2.974233423476717, within(1e-9));
        assertThat(LogBuckets.representative((short) 345)).isCloseTo(1002.42800852213, within(1e-9));
        assertThat(LogBuckets.quantile(histogram(1, 2, 3, 4), 0.75)).hasValueCloseTo(2.974233423476717, within(1e-9));
        assertThat(LogBuckets.quantile(histogram(1.001, 1.002, 1.003, 1.004), 0.75))
                .hasValueCloseTo(1.01, within(1e-9));
    }

    @Test
    void representativeIsWithinOnePercentOfEveryValue() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            double value = Math.exp(random.nextDouble(-650, 650));
            double stand = LogBuckets.representative(LogBuckets.index(value));

            assertThat(Math.abs(stand / value - 1)).as("%s", value).isLessThanOrEqualTo(0.01 + 1e-11);
        }
    }

    /** The borders γ^i are where the bound is tight; 60 digits decide what is right there. */
    @Test
    void holdsTheErrorBoundAtBothEndsOfABucket() {
        MathContext digits = new MathContext(60);
        BigDecimal gamma = new BigDecimal(101).divide(new BigDecimal(99), digits);
        BigDecimal alpha = new BigDecimal("0.01");
        for (int i = 0; i < 2000; i++) {
            BigDecimal low = gamma.pow(i, digits);
            BigDecimal stand = low.multiply(BigDecimal.ONE.add(alpha));
            BigDecimal errorAtLow = stand.divide(low, digits).subtract(BigDecimal.ONE);
            BigDecimal errorAtHigh = BigDecimal.ONE.subtract(stand.divide(low.multiply(gamma), digits));

            assertThat(errorAtLow).isCloseTo(alpha, within(new BigDecimal("1e-50")));
            assertThat(errorAtHigh).isCloseTo(alpha, within(new BigDecimal("1e-50")));
            assertThat(LogBuckets.representative((short) i) / stand.doubleValue())
                    .isCloseTo(1, within(1e-11));
        }
    }

    /** So that no rounding of a logarithm, here or in ClickHouse, can move a whole number into another bucket. */
    @Test
    void noWholeNumberBelowHalfATrillionIsNearABorder() {
        MathContext digits = new MathContext(60);
        BigDecimal gamma = new BigDecimal(101).divide(new BigDecimal(99), digits);
        BigDecimal border = BigDecimal.ONE;
        for (int i = 1; i <= 1347; i++) {
            border = border.multiply(gamma, digits);
            BigDecimal below = border.setScale(0, RoundingMode.FLOOR);
            BigDecimal above = border.setScale(0, RoundingMode.CEILING);

            assertThat(LogBuckets.index(below.doubleValue())).as("%s", below).isLessThan((short) i);
            assertThat(LogBuckets.index(above.doubleValue())).as("%s", above).isGreaterThanOrEqualTo((short) i);
            assertThat(border.subtract(below).divide(border, digits).doubleValue())
                    .isGreaterThan(1e-14);
            assertThat(above.subtract(border).divide(border, digits).doubleValue())
                    .isGreaterThan(1e-14);
        }
        assertThat(border).isGreaterThan(new BigDecimal("5e11"));
    }

    @Test
    void clickHouseGetsTheSameFactorToTheLastBit() {
        assertThat(LogBuckets.clickHouseIndex("duration_ns"))
                .isEqualTo("if(duration_ns < %s, toInt16(-32768), toInt16(floor(log(duration_ns) * %s)))"
                        .formatted(LogBuckets.SMALLEST, LogBuckets.BUCKETS_PER_E));
        assertThat(LogBuckets.BUCKETS_PER_E).isEqualTo(49.998333288886556);
    }

    @Test
    void putsZeroIntoItsOwnBucket() {
        assertThat(LogBuckets.index(0)).isEqualTo(LogBuckets.ZERO_BUCKET);
        assertThat(LogBuckets.index(-0.0)).isEqualTo(LogBuckets.ZERO_BUCKET);
        assertThat(LogBuckets.index(Double.MIN_VALUE)).isEqualTo(LogBuckets.ZERO_BUCKET);
        assertThat(LogBuckets.index(LogBuckets.SMALLEST)).isGreaterThan(LogBuckets.ZERO_BUCKET);
        assertThat(LogBuckets.index(Math.nextDown(LogBuckets.LARGEST))).isLessThanOrEqualTo(Short.MAX_VALUE);
        assertThat(LogBuckets.representative(LogBuckets.ZERO_BUCKET)).isZero();
        assertThat(LogBuckets.lower(LogBuckets.ZERO_BUCKET)).isZero();
        assertThat(LogBuckets.upper(LogBuckets.ZERO_BUCKET)).isEqualTo(LogBuckets.SMALLEST);
    }

    @Test
    void refusesWhatHasNoBucket() {
        for (double value : new double[] {-1, -1e-300, Double.NaN, Double.POSITIVE_INFINITY, LogBuckets.LARGEST}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LogBuckets.index(value))
                    .withMessage("value must be 0 or more and below %s: %s", LogBuckets.LARGEST, value);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogBuckets.quantile(Map.of((short) 1, -1L), 0.5))
                .withMessage("count of bucket 1 must be 0 or more: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogBuckets.quantile(Map.of(), 1.1))
                .withMessage("q must be in 0.0..1.0: 1.1");
    }

    @Test
    void quantileOfNothingIsEmpty() {
        assertThat(LogBuckets.quantile(Map.of(), 0.5)).isEmpty();
        assertThat(LogBuckets.quantile(Map.of((short) 3, 0L), 0.5)).isEmpty();
    }

    @Test
    void quantileDoesNotDependOnTheOrderOfTheMap() {
        Map<Short, Long> falling = new LinkedHashMap<>();
        falling.put((short) 90, 1L);
        falling.put((short) 10, 2L);
        falling.put((short) -5, 0L);

        assertThat(LogBuckets.quantile(falling, 0)).hasValue(LogBuckets.representative((short) 10));
        assertThat(LogBuckets.quantile(falling, 0.9)).hasValue(LogBuckets.representative((short) 10));
        assertThat(LogBuckets.quantile(falling, 1)).hasValue(LogBuckets.representative((short) 90));
    }

    private static Map<Short, Long> histogram(double... values) {
        LogSketch sketch = new LogSketch();
        DoubleStream.of(values).forEach(sketch::add);
        return sketch.buckets();
    }
}
