package io.pentameter.statistics.monitoring.multiplicity;

import io.pentameter.statistics.interval.Require;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evidence with mean 1 or less under the null, and the digest that reports the streams which moved.
 *
 * <p><b>e-BH</b> (Wang and Ramdas, "False discovery rate control with e-values", JRSS-B 84 (2022), theorem 3): sort
 * falling, {@code k* = max{k : e_(k) >= K/(αk)}}, report the first {@code k*}. The false discovery rate is at most
 * {@code α} under any dependence of the streams. The e-value of a calendar detector at a fixed time is {@code M(t) /
 * elapsed days}, since {@code E[M(t)] <= t} while nothing has changed.
 *
 * <p>It holds for a digest at a time fixed beforehand, such as Monday 9:00; not for one that is sent as soon as
 * something shows (no detector with a finite time to false alarm controls the false discovery rate there).
 */
public final class EValues {

    private EValues() {}

    /**
     * Positions of the streams to report, strongest evidence first; ties by position.
     *
     * @param e     0 or more each, infinity allowed
     * @param alpha false discovery rate, between 0 and 1
     */
    public static List<Integer> benjaminiHochberg(double[] e, double alpha) {
        Require.betweenZeroAndOne("alpha", alpha);
        for (double value : e) {
            if (!(value >= 0)) {
                throw new IllegalArgumentException("e must be 0 or more: " + value);
            }
        }
        List<Integer> falling = IntStream.range(0, e.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> e[i]).reversed())
                .toList();
        int reported = 0;
        for (int k = 1; k <= e.length; k++) {
            if (e[falling.get(k - 1)] >= e.length / (alpha * k)) {
                reported = k;
            }
        }
        return falling.subList(0, reported);
    }

    /** Mean of e-values, itself an e-value under any dependence; 1 for none. */
    public static double mean(double... e) {
        return Arrays.stream(e).average().orElse(1);
    }

    /**
     * Calibrator {@code 1/(2√p)} (Vovk and Wang, Annals of Statistics 49 (2021), equation 1 with κ = ½); infinite for
     * 0.
     */
    public static double ofPValue(double p) {
        return 1 / (2 * Math.sqrt(Require.share("p", p)));
    }

    /**
     * Calibrator {@code (1 - p + p ln p) / (p ln² p)}, the mixture over all κ (Vovk and Wang 2021, equation 2).
     *
     * <p>Better than {@link #ofPValue} below some 0.0003, worse above; ½ at {@code p = 1}, infinite at 0.
     */
    public static double ofPValueMixed(double p) {
        Require.share("p", p);
        if (p == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double x = -Math.log(p);
        if (x < 1e-3) { // (e^x - 1 - x)/x², where the plain form cancels
            return 0.5 + x / 6 + x * x / 24;
        }
        return (Math.expm1(x) - x) / (x * x);
    }
}
