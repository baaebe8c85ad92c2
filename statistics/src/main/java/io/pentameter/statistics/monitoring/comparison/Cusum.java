package io.pentameter.statistics.monitoring.comparison;

import io.pentameter.statistics.interval.Require;

/**
 * Tabular two-sided CUSUM of standardised observations.
 *
 * <pre>C⁺ ← max(0, C⁺ + z - k)    C⁻ ← max(0, C⁻ - z - k)    alarm when either exceeds h</pre>
 *
 * <p>Page, Biometrika 41 (1954); Montgomery, "Introduction to Statistical Quality Control", section 9.1. Its run
 * lengths ({@link CusumRunLength}) hold for independent normal observations with known mean and deviation; pass/fail
 * units and sessions are neither.
 */
public final class Cusum {

    private final double mean;
    private final double deviation;
    private final double reference;
    private final double limit;
    private double up;
    private double down;

    /**
     * A chart at rest.
     *
     * @param mean      in-control mean
     * @param deviation in-control standard deviation, above 0
     * @param reference k, half of the shift to be found, in deviations, 0 or more
     * @param limit     h, in deviations, above 0
     */
    public Cusum(double mean, double deviation, double reference, double limit) {
        this.mean = Require.finite("mean", mean);
        this.deviation = Require.positive("deviation", deviation);
        this.reference = Require.notNegative("reference", reference);
        this.limit = Require.positive("limit", limit);
    }

    /** Takes in an observation and tells whether the chart alarms now. */
    public boolean add(double observation) {
        double z = (Require.finite("observation", observation) - mean) / deviation;
        up = Math.max(0, up + z - reference);
        down = Math.max(0, down - z - reference);
        return up > limit || down > limit;
    }

    /** C⁺, the evidence of a rise in deviations. */
    public double up() {
        return up;
    }

    /** C⁻, the evidence of a fall in deviations. */
    public double down() {
        return down;
    }
}
