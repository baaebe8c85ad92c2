package io.pentameter.statistics.interval;

import java.util.List;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * Clopper and Pearson's exact interval for a rate: covers at least as often as it says, at every rate and size.
 *
 * <p>The lower end is the rate at which {@code P(X >= x) = alpha/2}, that is the {@code alpha/2} quantile of
 * {@code Beta(x, n-x+1)}; the upper end is one minus the lower end of the failures. Source: C. J. Clopper and
 * E. S. Pearson, Biometrika 26 (1934), 404–413.
 *
 * <p>For contractual statements. Assumes {@code n} independent trials with one rate; conservative, so wider than
 * {@link Wilson}. Not for weighted or clustered data.
 */
public final class ClopperPearson {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "clopper-pearson";

    /** Each halving gains a bit; more than enough for all 53 of them. */
    private static final int MOST_HALVINGS = 1_100;

    private ClopperPearson() {}

    /**
     * Plausible rates after {@code successes} of {@code n} trials.
     *
     * @param successes 0 to {@code n}
     * @param n         0 or more; 0 gives {@code [0, 1]}
     */
    public static Interval interval(long successes, long n, Confidence confidence) {
        double tail = confidence.alpha() / 2;
        return new Interval(lowerBound(successes, n, tail), 1 - lowerBound(n - successes, n, tail));
    }

    /** {@link #interval} with the rate itself and its plain standard error; unknown if there was no trial. */
    public static Estimate estimate(long successes, long n, Confidence confidence) {
        Interval interval = interval(successes, n, confidence);
        if (n == 0) {
            return Estimate.unknown(Interval.UNIT, confidence, METHOD);
        }
        double rate = (double) successes / n;
        double error = Math.sqrt(rate * (1 - rate) / n);
        return new Estimate(rate, error, interval, confidence, METHOD, SampleSize.simple(n), List.of());
    }

    /**
     * Rate that the true one undercuts with probability {@code tail} at most; one-sided.
     *
     * @param successes 0 to {@code n}; 0 gives 0
     * @param tail      between 0 and 1, ends excluded
     */
    public static double lowerBound(long successes, long n, double tail) {
        Require.atLeast(0, "n", n);
        Require.betweenZeroAndOne("tail", tail);
        if (!(successes >= 0 && successes <= n)) {
            throw new IllegalArgumentException("successes must be in 0..%d: %d".formatted(n, successes));
        }
        if (successes == 0) {
            return 0;
        }
        if (successes == n) {
            return Math.exp(Math.log(tail) / n);
        }
        return quantile((double) successes, (double) (n - successes + 1), tail, (double) successes / n);
    }

    /** Halves {@code 0..high} until nothing is left between; relative precision also for rates like 1e-12. */
    private static double quantile(double a, double b, double tail, double high) {
        double below = 0;
        double above = high;
        for (int i = 0; i < MOST_HALVINGS; i++) {
            // the geometric middle first finds the magnitude
            double middle = below == 0 ? above / 16 : below + (above - below) / 2;
            if (middle <= below || middle >= above) {
                break;
            }
            if (RegularizedBeta.value(middle, a, b) < tail) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below + (above - below) / 2;
    }
}
