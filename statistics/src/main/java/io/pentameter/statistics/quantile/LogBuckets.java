package io.pentameter.statistics.quantile;

import io.pentameter.statistics.interval.Require;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The logarithmic buckets of every histogram in Pentameter: which bucket a value falls into, and what a bucket stands
 * for.
 *
 * <p>Source: DDSketch with the logarithmic mapping (Masson, Rim, Lee, "DDSketch: a fast and fully-mergeable quantile
 * sketch with relative-error guarantees", PVLDB 12 (2019), section 2.1), at {@code α = 0.01} and {@code γ = (1+α)/(1-α)
 * = 101/99}. The index rounds down as ClickHouse's {@code quantileDD} and the DataDog library do (the paper rounds up):
 *
 * <pre>
 * index(v)          = floor(ln v / ln γ)          bucket i holds γ^i &lt;= v &lt; γ^(i+1)
 * representative(i) = γ^i (1 + α)
 * </pre>
 *
 * <p><b>Error bound.</b> For {@code v = γ^i t} with {@code 1 <= t < γ} the relative error of the representative is
 * {@code |(1+α)/t - 1|}. It falls in {@code t}, is {@code α} at {@code t = 1} and tends to {@code 1 - (1+α)/γ = 1 -
 * (1-α) = α} at the other end; so it is at most {@code α} for every value, and a quantile taken from the buckets is
 * within 1 % of the value which the same rank has in the raw data.
 *
 * <p><b>In ClickHouse</b> a histogram is {@code Map(Int16, UInt64)}, built with the expression of {@link
 * #clickHouseIndex} and merged with {@code sumMap}. Both sides compute {@code floor(log(v) * 49.99833…)} in doubles
 * with the very same constant. They can differ only where two implementations of {@code log} round differently on a
 * value that lies within 1e-14 (relative) of a border; it then counts in the neighbour bucket, which adds 1e-14 to its
 * error. No whole number below 5·10¹¹ lies so near to a border (a test walks all borders), so token counts, and
 * durations in whole milliseconds, microseconds (up to 5 days) or nanoseconds (up to 8 minutes) fall into the same
 * bucket everywhere. For other values never compare single buckets of the two sides, compare quantiles. Beware of
 * {@code log(v) / log(1.01 / 0.99)}: rounding 101/99 to a double before taking its logarithm moves the borders by
 * 1e-13, and with them whole numbers such as 33701495443.
 *
 * <p><b>Zero.</b> {@link #ZERO_BUCKET} (-32768) holds exactly the values below {@link #SMALLEST}, that is zero in
 * practice; its representative is 0. Negative values, NaN, infinities and values from {@link #LARGEST} on are refused:
 * they are faults of the caller, and a clamp would hide them.
 */
public final class LogBuckets {

    /** α: largest relative error of a representative. */
    public static final double RELATIVE_ERROR = 0.01;

    /** γ: ratio of a bucket's upper to its lower end. */
    public static final double GAMMA = 1.01 / 0.99;

    /** Bucket of zero; no positive value from {@link #SMALLEST} on has it. */
    public static final short ZERO_BUCKET = Short.MIN_VALUE;

    /** ln γ by way of {@code log1p}: the rounding of {@link #GAMMA} would cost two digits of it. */
    private static final double LOG_GAMMA = Math.log1p(2.0 / 99);

    /** 1 / ln γ = 49.99833…, the factor that both sides multiply with. */
    static final double BUCKETS_PER_E = 1 / LOG_GAMMA;

    /** The least value that is told from zero, about 1.5e-284. */
    public static final double SMALLEST = Math.exp((ZERO_BUCKET + 2) * LOG_GAMMA);

    /** The first value that is too large, about 6.6e284. */
    public static final double LARGEST = Math.exp(Short.MAX_VALUE * LOG_GAMMA);

    private LogBuckets() {}

    /**
     * The bucket of {@code value}.
     *
     * @param value 0 or more, below {@link #LARGEST}; any unit, the same within one histogram
     */
    public static short index(double value) {
        if (value >= SMALLEST && value < LARGEST) {
            return (short) Math.floor(Math.log(value) * BUCKETS_PER_E);
        }
        if (value >= 0 && value < SMALLEST) {
            return ZERO_BUCKET;
        }
        throw new IllegalArgumentException("value must be 0 or more and below %s: %s".formatted(LARGEST, value));
    }

    /** Least value of the bucket, included; 0 for {@link #ZERO_BUCKET}. */
    public static double lower(short index) {
        return index == ZERO_BUCKET ? 0 : Math.pow(GAMMA, index);
    }

    /** End of the bucket, not included; {@link #SMALLEST} for {@link #ZERO_BUCKET}. */
    public static double upper(short index) {
        return index == ZERO_BUCKET ? SMALLEST : Math.pow(GAMMA, index + 1);
    }

    /** The value that stands for all values of the bucket, within 1 % of each; 0 for {@link #ZERO_BUCKET}. */
    public static double representative(short index) {
        return index == ZERO_BUCKET ? 0 : Math.pow(GAMMA, index) * (1 + RELATIVE_ERROR);
    }

    /**
     * The {@code q}-quantile of a histogram: the representative of the bucket that holds the value of 0-based rank
     * {@code floor(q (n - 1))} in the sorted data, as DDSketch and ClickHouse's {@code quantileDD} define it.
     *
     * <p>The result depends on the counts alone: neither on the order of the map nor on how the data was sharded before
     * its counts were added.
     *
     * @param counts bucket to count; counts are 0 or more, and all of them together fit a long
     * @param q 0 (least value) to 1 (largest), both included
     * @return empty if the histogram holds nothing
     */
    public static OptionalDouble quantile(Map<Short, Long> counts, double q) {
        Require.share("q", q);
        TreeMap<Short, Long> sorted = new TreeMap<>(counts);
        long total = total(counts);
        if (total == 0) {
            return OptionalDouble.empty();
        }
        double rank = q * (total - 1);
        long seen = 0;
        short bucket = sorted.firstKey();
        for (Map.Entry<Short, Long> entry : sorted.entrySet()) {
            if (entry.getValue() > 0) {
                bucket = entry.getKey();
                seen += entry.getValue();
                if (seen > rank) {
                    break;
                }
            }
        }
        return OptionalDouble.of(representative(bucket));
    }

    /** Number of values in the histogram; refuses negative counts and sums beyond a long. */
    public static long total(Map<Short, Long> counts) {
        long total = 0;
        for (Map.Entry<Short, Long> entry : counts.entrySet()) {
            if (entry.getValue() < 0) {
                throw new IllegalArgumentException(
                        "count of bucket %s must be 0 or more: %s".formatted(entry.getKey(), entry.getValue()));
            }
            total = Math.addExact(total, entry.getValue());
        }
        return total;
    }

    /**
     * The ClickHouse expression that equals {@link #index} for a numeric {@code column} that holds no value that {@code
     * index} refuses.
     *
     * <p>For {@code duration_ns} it reads {@code if(duration_ns < 1.5…e-284, toInt16(-32768),
     * toInt16(floor(log(duration_ns) * 49.99833…)))}. Histograms are then made with {@code sumMap(map(<expression>,
     * toUInt64(1)))}.
     *
     * @param column a column name or expression of the query's author, put in as it is: never a user's text
     */
    public static String clickHouseIndex(String column) {
        return "if(%s < %s, toInt16(%d), toInt16(floor(log(%s) * %s)))"
                .formatted(column, SMALLEST, ZERO_BUCKET, column, BUCKETS_PER_E);
    }
}
