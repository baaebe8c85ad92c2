package io.pentameter.statistics.sampling;

import io.pentameter.statistics.interval.CompensatedSum;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import io.pentameter.statistics.interval.Woodruff;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A quantile of all requests from a sample with unequal probabilities: the smallest value up to which the weighted share is
 * {@code q} or more, with Woodruff's interval.
 *
 * <p>The error of the share is that of {@link Hajek} for the values up to the quantile. Latency, tokens and cost are recorded for
 * every request; this is for what only judged requests have.
 *
 * <p>Source: R. S. Woodruff, JASA 47 (1952), 635–646; C.-E. Särndal, B. Swensson, J. Wretman, Model Assisted Survey
 * Sampling, 1992, §5.11. Assumes independent observations.
 */
public final class HajekQuantile {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "hajek-quantile-woodruff";

    private static final double ROUNDING = 1e-12;

    private HajekQuantile() {}

    /**
     * Estimates; unknown if the sample is empty. The standard error is half the interval over {@code z}.
     *
     * @param q between 0 and 1, ends excluded; 0.95 for p95
     */
    public static Estimate of(ProbabilitySample sample, double q, Scope scope, Confidence confidence) {
        Require.betweenZeroAndOne("q", q);
        if (sample.size() == 0) {
            return Estimate.unknown(Interval.EVERYTHING, confidence, METHOD);
        }
        WeightedShares shares = new WeightedShares(sample);
        double value = shares.quantile(q);
        ProbabilitySample below = sample.upTo(value);
        double error = Math.sqrt(Hajek.variance(below, Hajek.value(below), scope));
        Interval interval = Woodruff.interval(q, error, confidence, shares::quantile);
        double kish = sample.kish();
        return new Estimate(
                value,
                interval.width() / (2 * confidence.z()),
                interval,
                confidence,
                METHOD,
                new SampleSize(sample.size(), kish, 0),
                Woodruff.isSupported(q, kish) ? List.of() : List.of(thinTail(q, kish)));
    }

    private static Warning thinTail(double q, double effective) {
        return new Warning(
                "thin-tail",
                "Only %.1f effective observations lie beyond the quantile %s; %.0f are needed."
                        .formatted(effective * Math.min(q, 1 - q), q, Woodruff.LEAST_IN_TAIL));
    }

    /** Values in rising order with the weight up to each. */
    private static final class WeightedShares {

        private final double[] values;
        private final double[] upTo;

        WeightedShares(ProbabilitySample sample) {
            int[] rising = IntStream.range(0, sample.size())
                    .boxed()
                    .sorted((a, b) -> Double.compare(sample.value(a), sample.value(b)))
                    .mapToInt(Integer::intValue)
                    .toArray();
            values = new double[rising.length];
            upTo = new double[rising.length];
            CompensatedSum sum = new CompensatedSum();
            for (int i = 0; i < rising.length; i++) {
                values[i] = sample.value(rising[i]);
                upTo[i] = sum.add(1 / sample.probability(rising[i])).value();
            }
        }

        double quantile(double level) {
            double wanted =
                    level * upTo[upTo.length - 1] * (1 - ROUNDING); // 3 of 10 reach 0.3 although 0.1 * 3 does not
            int index = 0;
            while (index < values.length - 1 && upTo[index] < wanted) {
                index++;
            }
            return values[index];
        }
    }
}
