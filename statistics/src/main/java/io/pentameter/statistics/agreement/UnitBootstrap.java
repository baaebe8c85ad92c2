package io.pentameter.statistics.agreement;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Percentile bootstrap over whole units, which keeps the ratings of a unit together.
 *
 * <p>Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13. Resampling coincidences instead, as some
 * packages do, treats dependent pairs as independent and gives intervals that are too narrow.
 *
 * @param replicates resamples, 100 or more; 2000 are usual
 * @param seed       the same seed gives the same interval; take the id of the job
 */
public record UnitBootstrap(int replicates, long seed) {

    /** Resamples unless said otherwise. */
    public static final int USUAL_REPLICATES = 2_000;

    public UnitBootstrap {
        Require.atLeast(100, "replicates", replicates);
    }

    /** Usual number of resamples. */
    public static UnitBootstrap seeded(long seed) {
        return new UnitBootstrap(USUAL_REPLICATES, seed);
    }

    /**
     * What came out of the resamples.
     *
     * @param interval      percentiles of the resamples that had a value
     * @param standardError their standard deviation
     * @param undefined     resamples without a value, such as those in which all ratings were equal
     */
    record Spread(Interval interval, double standardError, int undefined) {}

    /**
     * Resamples. All resamples of a single unit are equal, which does not mean that nothing is uncertain: everything is plausible then.
     *
     * @param units     number of units, 1 or more
     * @param statistic value of a resample, given how often each unit is in it; NaN if it has none
     */
    Spread spread(int units, Confidence confidence, ToDoubleFunction<int[]> statistic) {
        if (units < 2) {
            return new Spread(KrippendorffAlpha.POSSIBLE, Double.POSITIVE_INFINITY, 0);
        }
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        double[] values = new double[replicates];
        int defined = 0;
        for (int i = 0; i < replicates; i++) {
            int[] times = new int[units];
            for (int j = 0; j < units; j++) {
                times[random.nextInt(units)]++;
            }
            double value = statistic.applyAsDouble(times);
            if (!Double.isNaN(value)) {
                values[defined] = value;
                defined++;
            }
        }
        if (defined == 0) {
            return new Spread(KrippendorffAlpha.POSSIBLE, Double.POSITIVE_INFINITY, replicates);
        }
        double[] sorted = Arrays.copyOf(values, defined);
        Arrays.sort(sorted);
        Interval interval =
                new Interval(quantile(sorted, confidence.alpha() / 2), quantile(sorted, 1 - confidence.alpha() / 2));
        return new Spread(interval, deviation(sorted), replicates - defined);
    }

    /** Linear between order statistics. */
    private static double quantile(double[] sorted, double level) {
        double position = level * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / Math.max(1, values.length - 1));
    }
}
