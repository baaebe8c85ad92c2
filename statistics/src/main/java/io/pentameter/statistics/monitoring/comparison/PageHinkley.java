package io.pentameter.statistics.monitoring.comparison;

import io.pentameter.statistics.interval.Require;

/**
 * Page–Hinkley test, in the form of the river library, with its defaults.
 *
 * <pre>
 * m_t = running mean;  U ← αU + (x - m_t - δ);  D ← αD + (x - m_t + δ)
 * alarm when  U - min U > threshold  or  max D - D > threshold,  from minInstances observations on
 * </pre>
 *
 * <p>Page 1954, Hinkley 1971. It promises nothing about false alarms: with the defaults a fall from .90 to .873 takes
 * some 12 000 units and half of them are never found. After an alarm it starts anew at the next observation.
 */
public final class PageHinkley {

    private final long minInstances;
    private final double delta;
    private final double threshold;
    private final double alpha;
    private long count;
    private double mean;
    private double increase;
    private double leastIncrease;
    private double decrease;
    private double largestDecrease;
    private boolean alarmed;

    /** River's defaults: 30 instances, δ 0.005, threshold 50, α 0.9999. */
    public PageHinkley() {
        this(30, 0.005, 50, 0.9999);
    }

    /**
     * A test at rest.
     *
     * @param minInstances observations before the first alarm, 0 or more
     * @param delta        change that is tolerated, 0 or more
     * @param threshold    above 0
     * @param alpha        forgetting, above 0, at most 1
     */
    public PageHinkley(long minInstances, double delta, double threshold, double alpha) {
        this.minInstances = Require.atLeast(0, "minInstances", minInstances);
        this.delta = Require.notNegative("delta", delta);
        this.threshold = Require.positive("threshold", threshold);
        this.alpha = Require.probability("alpha", alpha);
        reset();
    }

    private void reset() {
        count = 0;
        mean = 0;
        increase = 0;
        decrease = 0;
        leastIncrease = Double.POSITIVE_INFINITY;
        largestDecrease = Double.NEGATIVE_INFINITY;
        alarmed = false;
    }

    /** Takes in an observation and tells whether the test alarms now. */
    public boolean add(double observation) {
        Require.finite("observation", observation);
        if (alarmed) {
            reset();
        }
        count++;
        mean += (observation - mean) / count;
        double deviation = observation - mean;
        increase = alpha * increase + deviation - delta;
        decrease = alpha * decrease + deviation + delta;
        leastIncrease = Math.min(leastIncrease, increase);
        largestDecrease = Math.max(largestDecrease, decrease);
        alarmed = count >= minInstances && Math.max(increase - leastIncrease, largestDecrease - decrease) > threshold;
        return alarmed;
    }
}
