package io.pentameter.statistics.monitoring.sequence;

import io.pentameter.statistics.interval.Require;
import java.util.Arrays;

/**
 * Whether a quantile, such as the p95 of latency, differs between two versions; may be looked at while they run.
 *
 * <pre>p-value = min(1, exp(-min_x [G_1(x) + G_2(x)]))</pre>
 *
 * <p>{@code G_j(x)} is the evidence of version {@code j} against "{@code x} is my p-quantile": the two-sided
 * beta-binomial mixture of the count of values below {@code x}. If both quantiles were equal, one {@code x} would
 * satisfy both. Source: Howard and Ramdas, "Sequential estimation of quantiles with applications to A/B testing and
 * best-arm identification", Bernoulli 28 (2022), section 5; numbers agree with the authors' code. Valid at every look;
 * assumes independent values, so give one per session. The order of values does not matter.
 */
public final class QuantileContrast {

    private final double p;
    private final Mixture mixture;

    /**
     * A test of the {@code p}-quantile.
     *
     * @param p        which quantile, between 0 and 1
     * @param tOpt     number of values at which it is most powerful, above 0; 1000 suits a day
     * @param alphaOpt error that it is tuned for, between 0 and 1
     */
    public QuantileContrast(double p, double tOpt, double alphaOpt) {
        this.p = Require.betweenZeroAndOne("p", p);
        mixture = BetaBinomialMixture.twoSided(Require.positive("tOpt", tOpt) * p * (1 - p), p, 1 - p, alphaOpt);
    }

    /** P-value, valid at all times, of "both quantiles are equal"; 1 if either side has no value. */
    public double pValue(double[] one, double[] other) {
        if (one.length == 0 || other.length == 0) {
            return 1;
        }
        Arm left = new Arm(one);
        Arm right = new Arm(other);
        double evidence = left.minimumEnd <= right.minimumEnd ? least(left, right) : least(right, left);
        return Math.min(1, Math.exp(-evidence));
    }

    /** Least joint evidence; it lies between the two minima, at a value of the later arm. */
    private static double least(Arm first, Arm second) {
        double least = Math.min(
                first.evidence(first.minimumEnd) + second.evidence(first.minimumEnd),
                first.evidence(second.minimumStart) + second.evidence(second.minimumStart));
        for (double x : second.values) {
            if (x >= first.minimumEnd && x <= second.minimumStart) {
                least = Math.min(least, first.evidence(x) + second.evidence(x));
            }
        }
        return least;
    }

    /** One version's values and where its evidence is least. */
    private final class Arm {

        private final double[] values;
        private final double shareAtMinimum;
        private final double minimumStart;
        private final double minimumEnd;

        Arm(double[] unsorted) {
            values = unsorted.clone();
            for (double value : values) {
                Require.finite("value", value);
            }
            Arrays.sort(values);
            shareAtMinimum = leastAt();
            minimumStart = values[clamp((int) Math.ceil(shareAtMinimum * values.length) - 1)];
            minimumEnd = values[clamp((int) Math.floor(shareAtMinimum * values.length))];
        }

        double evidence(double x) {
            if (x < minimumStart) {
                return evidenceOfShare((double) countBelow(Math.nextUp(x)) / values.length);
            }
            return evidenceOfShare(x > minimumEnd ? (double) countBelow(x) / values.length : shareAtMinimum);
        }

        private double evidenceOfShare(double below) {
            double n = values.length;
            return mixture.logValue((below - p) * n, p * (1 - p) * n);
        }

        /** The evidence is convex in the share, hence ternary search. */
        private double leastAt() {
            double low = 0;
            double high = 1;
            for (int i = 0; i < 200; i++) {
                double left = low + (high - low) / 3;
                double right = high - (high - low) / 3;
                if (evidenceOfShare(left) < evidenceOfShare(right)) {
                    high = right;
                } else {
                    low = left;
                }
            }
            return (low + high) / 2;
        }

        private int countBelow(double x) {
            int from = 0;
            int to = values.length;
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (values[middle] < x) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return from;
        }

        private int clamp(int index) {
            return Math.clamp(index, 0, values.length - 1);
        }
    }
}
