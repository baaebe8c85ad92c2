package io.pentameter.statistics.interval;

import java.util.List;

/**
 * Wilson's score interval for a rate, the default for rates in this module.
 *
 * <p>With {@code p = x/n}: {@code centre = (p + z²/2n)/(1 + z²/n)}, {@code half = z/(1 + z²/n) sqrt(p(1-p)/n + z²/4n²)}.
 * Source: E. B. Wilson, JASA 22 (1927), 209–212; recommended over the textbook interval by Brown, Cai and DasGupta,
 * Statistical Science 16 (2001), 101–133, who also show that it covers about what it says on average, not at every rate.
 *
 * <p>Assumes {@code n} independent trials with one rate. Weighted or clustered data: hand in the effective size of
 * {@link EffectiveSize}. Not for a contractual statement, which must cover at every rate: {@link ClopperPearson}.
 */
public final class Wilson {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "wilson";

    private Wilson() {}

    /**
     * Plausible rates after {@code successes} of {@code n} trials.
     *
     * @param successes 0 to {@code n}; need not be whole when sizes are effective ones
     * @param n         0 or more; 0 gives {@code [0, 1]}
     * @return ends within 0 and 1; 0 is an end if nothing succeeded, 1 if everything did
     */
    public static Interval interval(double successes, double n, Confidence confidence) {
        Require.notNegative("n", n);
        if (!(successes >= 0 && successes <= n)) {
            throw new IllegalArgumentException("successes must be in 0..%s: %s".formatted(n, successes));
        }
        return n == 0 ? Interval.UNIT : ofRate(successes / n, n, confidence.z());
    }

    /**
     * Plausible rates when {@code rate} was seen in a sample as precise as {@code n} simple trials.
     *
     * @param rate 0 to 1
     * @param n    0 or more; 0 gives {@code [0, 1]}
     */
    public static Interval ofRate(double rate, double n, Confidence confidence) {
        Require.share("rate", rate);
        Require.notNegative("n", n);
        return n == 0 ? Interval.UNIT : ofRate(rate, n, confidence.z());
    }

    /** {@link #interval} with the rate itself and its plain standard error; unknown if there was no trial. */
    public static Estimate estimate(long successes, long n, Confidence confidence) {
        Interval interval = interval((double) successes, (double) n, confidence);
        if (n == 0) {
            return Estimate.unknown(Interval.UNIT, confidence, METHOD);
        }
        double rate = (double) successes / n;
        double error = Math.sqrt(rate * (1 - rate) / n);
        return new Estimate(rate, error, interval, confidence, METHOD, SampleSize.simple(n), List.of());
    }

    private static Interval ofRate(double rate, double n, double z) {
        // multiplied through by n, so that a tiny n does not overflow
        double centre = (rate * n + z * z / 2) / (n + z * z);
        double half = z / (n + z * z) * Math.sqrt(n * rate * (1 - rate) + z * z / 4);
        double low = rate == 0 ? 0 : Math.max(0, centre - half);
        double high = rate == 1 ? 1 : Math.min(1, centre + half);
        return new Interval(Math.min(low, rate), Math.max(high, rate));
    }
}
