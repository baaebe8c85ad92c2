package io.pentameter.statistics.drift;

import io.pentameter.statistics.interval.Require;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Two-sample Kolmogorov–Smirnov test of unbinned values.
 *
 * <p>{@code D = max |F - G|}; the p-value is exact (over all ways to split the pooled values, ties included) up to
 * {@value #EXACT} pairs of values, asymptotic above. The exact computation is that of commons-statistics. Assumes
 * independent values: for sessions test one value per session. Depends on the two sets of values only.
 *
 * @param distance D, 0 to 1
 * @param pValue two-sided
 */
public record KolmogorovSmirnov(double distance, double pValue) {

    static final long EXACT = 100_000_000;

    /** Of two samples of finite values, each with 2 values or more, in any order. */
    public static KolmogorovSmirnov of(double[] one, double[] other) {
        for (double[] values : new double[][] {one, other}) {
            Require.atLeast(2, "size of a sample", values.length);
            for (double value : values) {
                Require.finite("value", value);
            }
        }
        PValueMethod method = (long) one.length * other.length <= EXACT ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC;
        KolmogorovSmirnovTest.TwoResult result =
                KolmogorovSmirnovTest.withDefaults().with(method).test(one, other);
        return new KolmogorovSmirnov(result.getStatistic(), Math.clamp(result.getPValue(), 0.0, 1.0));
    }
}
