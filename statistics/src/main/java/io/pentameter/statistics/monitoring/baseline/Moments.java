package io.pentameter.statistics.monitoring.baseline;

import io.pentameter.statistics.interval.Require;

/**
 * Count, mean and spread of units, merged without loss of digits.
 *
 * <p>Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979). Merging
 * in another order may change the last digits.
 *
 * @param n number of units, 0 or more
 * @param mean their mean; 0 if there are none
 * @param squares Σ(x - mean)², 0 or more
 */
public record Moments(long n, double mean, double squares) {

    /** Of no units. */
    public static final Moments NONE = new Moments(0, 0, 0);

    public Moments {
        Require.atLeast(0, "n", n);
        Require.finite("mean", mean);
        Require.notNegative("squares", squares);
    }

    /** Of {@code values}. */
    public static Moments of(double... values) {
        Moments moments = NONE;
        for (double value : values) {
            moments = moments.plus(new Moments(1, value, 0));
        }
        return moments;
    }

    /** Of {@code successes} ones among {@code n} zeros and ones. */
    public static Moments ofCounts(long successes, long n) {
        if (successes < 0 || successes > n) {
            throw new IllegalArgumentException("successes must be in 0..%d: %d".formatted(n, successes));
        }
        return n == 0 ? NONE : new Moments(n, (double) successes / n, (double) successes * (n - successes) / n);
    }

    /** Of these and the other units. */
    public Moments plus(Moments other) {
        if (n == 0 || other.n == 0) {
            return n == 0 ? other : this;
        }
        long both = n + other.n;
        double difference = other.mean - mean;
        double share = (double) other.n / both;
        return new Moments(
                both, mean + difference * share, squares + other.squares + difference * difference * n * share);
    }
}
