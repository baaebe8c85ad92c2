package io.pentameter.statistics.drift;

import io.pentameter.statistics.interval.Require;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Two-sample Kolmogorov–Smirnov test of unbinned values.
 *
 * <p>{@code D = max |F - G|}; the p-value is exact (over all ways to split the pooled values) up to {@value #EXACT} pairs
 * of values, asymptotic above. Equal values in both samples make it cautious: it is then that of values without ties, which
 * is larger than the one given the ties. Source: J. L. Hodges, Arkiv för Matematik 3 (1958), 469–486, as computed by
 * commons-statistics and scipy. For rounded or counted data, where ties are the rule, {@link ContingencyTest} is sharper. Assumes
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
