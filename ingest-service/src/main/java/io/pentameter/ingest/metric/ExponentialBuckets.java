package io.pentameter.ingest.metric;

import io.pentameter.ingest.otlp.RawPoint;
import io.pentameter.statistics.quantile.LogBuckets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns OpenTelemetry's exponential histogram into the logarithmic buckets of {@link LogBuckets} over value · 10⁹.
 *
 * <p>Source bucket {@code i} of scale {@code s} holds {@code base^i < v <= base^(i+1)}, {@code base = 2^(2^-s)}. All of it
 * goes into the target bucket of its geometric middle {@code m = base^(i+1/2)}, times 10⁹; zeros go into {@link
 * LogBuckets#ZERO_BUCKET}. No count is divided, so the total stays exact.
 *
 * <p><b>Error.</b> Every value of the source bucket is within a factor {@code √base} of {@code m}, and the representative
 * of the target bucket is within 1 % of {@code m}. So a quantile taken from the target is within {@code 1.01·√base − 1} of
 * the value of that rank: 1.5 % at scale 6, 5.5 % at scale 3 (base 1.09), 43 % at scale 0. At scale 5 and above (what SDKs
 * use unless values differ by more than a factor of 10⁵) it is below 2.2 %.
 */
final class ExponentialBuckets {

    private static final double NANOS = 1e9;

    /** Scales that the data model names; below, one bucket spans the whole range of doubles. */
    private static final int MIN_SCALE = -10;

    private static final int MAX_SCALE = 20;

    private ExponentialBuckets() {}

    /** Why the histogram cannot be turned; absent if it can. */
    static @Nullable String fault(RawPoint.Exponential histogram) {
        if (histogram.scale() < MIN_SCALE || histogram.scale() > MAX_SCALE) {
            return "scale must be in " + MIN_SCALE + ".." + MAX_SCALE + ": " + histogram.scale();
        }
        for (long count : histogram.negative().counts()) {
            if (count != 0) {
                return "values below zero are not taken";
            }
        }
        RawPoint.Range range = histogram.positive();
        for (int i = 0; i < range.counts().length; i++) {
            double middle = middle(histogram.scale(), (long) range.offset() + i);
            if (range.counts()[i] != 0 && !(middle >= LogBuckets.SMALLEST && middle < LogBuckets.LARGEST)) {
                return "the bucket " + ((long) range.offset() + i) + " of scale " + histogram.scale()
                        + " is outside of the range of numbers that are taken";
            }
        }
        return null;
    }

    /** Counts by bucket, without those that are 0; {@link #fault} must have none to tell. */
    static SortedMap<Integer, Long> counts(RawPoint.Exponential histogram) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        if (histogram.zeros() != 0) {
            counts.put((int) LogBuckets.ZERO_BUCKET, histogram.zeros());
        }
        RawPoint.Range range = histogram.positive();
        for (int i = 0; i < range.counts().length; i++) {
            long count = range.counts()[i];
            if (count != 0) {
                double middle = middle(histogram.scale(), (long) range.offset() + i);
                counts.merge((int) LogBuckets.index(middle), count, Long::sum);
            }
        }
        return counts;
    }

    /** Geometric middle of a source bucket, times 10⁹; infinite or 0 if beyond the range of doubles. */
    private static double middle(int scale, long index) {
        return Math.pow(2, (index + 0.5) * Math.pow(2, -scale)) * NANOS;
    }
}
