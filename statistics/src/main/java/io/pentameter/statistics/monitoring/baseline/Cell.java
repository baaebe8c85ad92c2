package io.pentameter.statistics.monitoring.baseline;

import io.pentameter.statistics.interval.Require;

/**
 * What is known about one hour of the week.
 *
 * @param mean          shrunk mean
 * @param standardError uncertainty of {@code mean}, 0 or more
 * @param variance      variance of a single unit around its cell's mean, 0 or more
 */
public record Cell(double mean, double standardError, double variance) {

    /** 95 % one-sided. */
    private static final double Z = 1.644_853_626_951_472_2;

    public Cell {
        Require.finite("mean", mean);
        Require.notNegative("standardError", standardError);
        Require.notNegative("variance", variance);
    }

    /** Bound that the true mean is above with 95 %. */
    public double lowerBound() {
        return mean - Z * standardError;
    }

    /** Bound that the true mean is below with 95 %. */
    public double upperBound() {
        return mean + Z * standardError;
    }
}
