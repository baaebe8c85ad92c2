package io.pentameter.statistics.monitoring.multiplicity;

import io.pentameter.statistics.interval.Require;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * P-values adjusted for their number: reject those at or below {@code q}.
 *
 * <pre>adjusted_(i) = min over j >= i of  min(1, p_(j) · n · c / j)        c = 1 (BH),  Σ 1/i (BY)</pre>
 *
 * <p>Benjamini and Hochberg, JRSS-B 57 (1995): false discovery rate at most {@code q} for independent or positively
 * dependent tests. Benjamini and Yekutieli, Annals of Statistics 29 (2001), theorem 1.3: under any dependence, which is
 * what tests on overlapping traffic have; take this one. For tests that are looked at repeatedly use {@link EValues}: a
 * p-value of a fixed-time test is not valid at a moment chosen by looking.
 *
 * <p>All results are in the order of the input; equal p-values get equal results; nothing in, nothing out.
 */
public final class AdjustedPValues {

    private AdjustedPValues() {}

    /** Adjusted after Benjamini and Hochberg; p-values are 0 to 1. */
    public static double[] benjaminiHochberg(double... p) {
        return stepUp(p, 1);
    }

    /** Adjusted after Benjamini and Yekutieli, valid under any dependence; p-values are 0 to 1. */
    public static double[] benjaminiYekutieli(double... p) {
        double harmonic = 0;
        for (int i = p.length; i >= 1; i--) {
            harmonic += 1.0 / i;
        }
        return stepUp(p, harmonic);
    }

    /** Adjusted after Bonferroni: the chance of even one false rejection stays below the level. */
    public static double[] bonferroni(double... p) {
        check(p);
        return Arrays.stream(p).map(value -> Math.min(1, value * p.length)).toArray();
    }

    /** How many adjusted p-values are at or below {@code q}, which is 0 to 1. */
    public static int rejected(double[] adjusted, double q) {
        Require.share("q", q);
        return (int) Arrays.stream(adjusted).filter(value -> value <= q).count();
    }

    private static double[] stepUp(double[] p, double factor) {
        check(p);
        int[] order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[p.length];
        double least = 1;
        for (int rank = p.length; rank >= 1; rank--) {
            int i = order[rank - 1];
            least = Math.min(least, p[i] * p.length * factor / rank);
            adjusted[i] = least;
        }
        return adjusted;
    }

    private static void check(double[] p) {
        for (double value : p) {
            Require.share("p", value);
        }
    }
}
