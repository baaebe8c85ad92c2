package io.pentameter.statistics.forecast;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What today will have cost, from what it has cost by now.
 *
 * <pre>
 * F = mean share that days of the same class had spent by this hour       projection = C / F
 * combined = (projection/V_projection + prior/V_prior) / (1/V_projection + 1/V_prior)
 * V_projection = projection² · Var(share)/F²                               first-order error of a ratio
 * </pre>
 *
 * <p>Early in the day {@code F} is small and uncertain, so the prior (yesterday's forecast of today) rules; in the
 * evening today does. Days of the same class are the same weekday, or weekdays and weekend days while there are few.
 *
 * <p>Source: ratio estimator, W. G. Cochran, Sampling Techniques, 3rd ed. 1977, ch. 6; combination by inverse
 * variances. Assumes that today's profile is like that of the class. Not in the first hours of a day with few past
 * days: the variance is then that of a guess.
 *
 * @param share F, above 0, at most 1
 * @param projection C/F
 * @param variance of {@code projection}; infinite with fewer than two days to learn from
 */
public record IntradayProjection(double share, double projection, double variance) {

    private static final String METHOD = "intraday-ratio";

    /**
     * Projects the day.
     *
     * @param sharesByNow share of the whole day that each past day of the class had spent by this hour, 0 to 1; not all
     *     0
     * @param spentByNow 0 or more
     */
    public static IntradayProjection of(double[] sharesByNow, double spentByNow) {
        Require.atLeast(1, "number of days", sharesByNow.length);
        for (double share : sharesByNow) {
            Require.share("share", share);
        }
        Require.notNegative("spentByNow", spentByNow);
        double mean = Require.probability(
                "mean share", Arrays.stream(sharesByNow).average().orElseThrow());
        double squares = Arrays.stream(sharesByNow)
                .map(share -> (share - mean) * (share - mean))
                .sum();
        double projection = spentByNow / mean;
        double variance = sharesByNow.length < 2
                ? Double.POSITIVE_INFINITY
                : projection * projection * squares / (sharesByNow.length - 1) / (mean * mean);
        return new IntradayProjection(mean, projection, variance);
    }

    /**
     * The projection with the range in which today's total will lie.
     *
     * <pre>
     * projection ± t(n−1) · √(V_projection · (1 + 1/n))        and never below what is spent already
     * </pre>
     *
     * <p>Source: prediction interval of one further observation, by Student's t over n past days; assumes that shares of days
     * scatter about normally. With one past day everything from what is spent upwards is possible.
     */
    public static Estimate estimate(double[] sharesByNow, double spentByNow, Confidence confidence) {
        IntradayProjection projection = of(sharesByNow, spentByNow);
        int days = sharesByNow.length;
        Interval possible = new Interval(spentByNow, Double.POSITIVE_INFINITY);
        if (days < 2) {
            return new Estimate(
                    projection.projection,
                    Double.POSITIVE_INFINITY,
                    possible,
                    confidence,
                    METHOD,
                    SampleSize.simple(days),
                    List.of(new Warning("one-day", "One past day tells nothing about how days differ.")));
        }
        double error = Math.sqrt(projection.variance * (1 + 1.0 / days));
        double reach = TDistribution.of(days - 1.0).inverseSurvivalProbability(confidence.alpha() / 2) * error;
        return new Estimate(
                projection.projection,
                error,
                new Interval(projection.projection - reach, projection.projection + reach).clippedTo(possible),
                confidence,
                METHOD,
                SampleSize.simple(days),
                List.of());
    }

    /**
     * Mean of projection and {@code prior} weighted by precision; {@code priorVariance} is 0 or more, infinity allowed.
     */
    public double combinedWith(double prior, double priorVariance) {
        Require.notNegative("prior", prior);
        if (!(priorVariance >= 0)) {
            throw new IllegalArgumentException("priorVariance must be 0 or more: " + priorVariance);
        }
        if (variance == 0 || Double.isInfinite(priorVariance)) {
            return projection;
        }
        if (priorVariance == 0 || Double.isInfinite(variance)) {
            return prior;
        }
        double weight = priorVariance / (variance + priorVariance);
        return weight * projection + (1 - weight) * prior;
    }

    /** How much the projection exceeds {@code expected} (above 0), in percent; negative below it. */
    public double percentOver(double expected) {
        return 100 * (projection / Require.positive("expected", expected) - 1);
    }
}
