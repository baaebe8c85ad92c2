package io.pentameter.statistics.monitoring.detector;

import io.pentameter.statistics.interval.Require;
import java.util.Arrays;

/**
 * Bets for one hour: what one unit multiplies each of them by.
 *
 * <pre>factor_k(x) = 1 + λ_k (m - x)  against a drop,   1 + λ_k (x - m)  against a rise</pre>
 *
 * <p>Above 0 for every {@code x} in 0..1, and with mean 1 or less while the mean of {@code x}, given the past, is on
 * the null's side of {@code m}. Made by {@link BetGrid#against}.
 */
public final class Bets {

    private final Direction direction;
    private final double mean;
    private final double[] lambdas;

    Bets(Direction direction, double mean, double[] lambdas) {
        this.direction = direction;
        this.mean = mean;
        this.lambdas = lambdas;
    }

    /** Number of bets. */
    public int size() {
        return lambdas.length;
    }

    /** What bet {@code k} is multiplied by for a unit of score {@code x} in 0..1. */
    public double factor(int k, double x) {
        return 1 + lambdas[k] * gain(Require.share("x", x));
    }

    /** Logarithm of {@link #factor}. */
    public double logFactor(int k, double x) {
        return Math.log(factor(k, x)); // not log1p: it costs three times as much, and gains nothing above 0.1
    }

    /** A copy of the bet sizes λ. */
    public double[] lambdas() {
        return lambdas.clone();
    }

    private double gain(double x) {
        return direction == Direction.DROP ? mean - x : x - mean;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bets bets
                && direction == bets.direction
                && mean == bets.mean
                && Arrays.equals(lambdas, bets.lambdas);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(lambdas) + Double.hashCode(mean);
    }

    @Override
    public String toString() {
        return "Bets[%s, mean=%s, lambdas=%s]".formatted(direction, mean, Arrays.toString(lambdas));
    }
}
