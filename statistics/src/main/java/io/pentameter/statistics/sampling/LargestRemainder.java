package io.pentameter.statistics.sampling;

import io.pentameter.statistics.interval.Require;
import java.util.stream.IntStream;

/**
 * Makes whole numbers of shares so that they add up: each is rounded down, and what is left goes to the largest fractions.
 *
 * <p>Hamilton's method. Ties go to the earlier entry. For counts; money is divided in decimal arithmetic elsewhere.
 *
 * <p>Source: M. L. Balinski, H. P. Young, Fair Representation, 1982, appendix A.
 */
public final class LargestRemainder {

    /** Shares that miss a whole number by less than this share of it count as that number. */
    private static final double ROUNDING = 1e-12;

    private LargestRemainder() {}

    /**
     * Divides {@code total} in proportion to {@code weights}; all zeros if {@code total} is 0.
     *
     * @param total   0 or more
     * @param weights each 0 or more and finite, at least one above 0 unless {@code total} is 0
     */
    public static long[] divide(long total, double... weights) {
        Require.atLeast(0, "total", total);
        double largest = 0;
        for (double weight : weights) {
            largest = Math.max(largest, Require.notNegative("weight", weight));
        }
        if (total == 0) {
            return new long[weights.length];
        }
        if (largest == 0) {
            throw new IllegalArgumentException("one weight at least must be above 0 to divide " + total);
        }
        double sum = 0;
        for (double weight : weights) {
            sum += weight / largest;
        }
        double[] exact = new double[weights.length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = total * (weights[i] / largest) / sum;
        }
        return round(exact, total);
    }

    /** Whole numbers near {@code exact} (each 0 or more) that add up to {@code total}, which is their sum but for rounding. */
    static long[] round(double[] exact, long total) {
        long[] whole = new long[exact.length];
        double[] fractions = new double[exact.length];
        long left = total;
        for (int i = 0; i < exact.length; i++) {
            whole[i] = (long) Math.floor(exact[i] + Math.max(1, exact[i]) * ROUNDING);
            fractions[i] = Math.max(0, exact[i] - whole[i]);
            left -= whole[i];
        }
        int[] byFraction = IntStream.range(0, exact.length)
                .filter(i -> exact[i] > 0)
                .boxed()
                .sorted((a, b) -> Double.compare(fractions[b], fractions[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; left > 0; i = (i + 1) % byFraction.length) {
            whole[byFraction[i]]++;
            left--;
        }
        return whole;
    }
}
