package io.pentameter.statistics.interval;

/**
 * Adds many numbers of different size without losing the small ones.
 *
 * <p>Source: A. Neumaier, ZAMM 54 (1974), 39–51. Not for use by several threads.
 */
public final class CompensatedSum {

    private double sum;
    private double lost;

    /** Adds one number. */
    public CompensatedSum add(double value) {
        double next = sum + value;
        if (Double.isFinite(next)) { // an overflow must stay infinite instead of turning into NaN
            lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
        }
        sum = next;
        return this;
    }

    /** The sum so far; 0 at the start. */
    public double value() {
        return sum + lost;
    }

    /** Sum of all numbers. */
    public static double of(double... values) {
        CompensatedSum sum = new CompensatedSum();
        for (double value : values) {
            sum.add(value);
        }
        return sum.value();
    }
}
