package io.pentameter.statistics.verification;

import io.pentameter.statistics.verification.Figure.Measured;

/** Mean and spread of the replicates of a simulation, by Welford's update. */
public final class Tally {

    private long count;
    private double mean;
    private double squares;

    public void add(double value) {
        count++;
        double before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
    }

    public void add(boolean hit) {
        add(hit ? 1 : 0);
    }

    public long count() {
        return count;
    }

    /** Mean with its standard error. For hits that is the rate with the binomial error. */
    public Measured mean() {
        return new Measured(mean, deviation() / Math.sqrt((double) count));
    }

    /** Standard deviation with its standard error under normality. */
    public Measured spread() {
        return new Measured(deviation(), deviation() / Math.sqrt(2.0 * (double) Math.max(1, count - 1)));
    }

    private double deviation() {
        return count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    }
}
