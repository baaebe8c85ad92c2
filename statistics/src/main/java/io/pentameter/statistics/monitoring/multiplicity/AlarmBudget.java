package io.pentameter.statistics.monitoring.multiplicity;

import io.pentameter.statistics.interval.Require;

/**
 * Splits what an on-call person bears among the streams that can page.
 *
 * <p>A stream with threshold {@code A} (days) sounds falsely once in {@code A} days at most, on average; together they
 * do so {@code Σ 1/A_i} times a day, whatever their dependence. With {@code A_i = T Σw / w_i} that sum is {@code 1/T}.
 * Spreading over 200 streams costs a delay of {@code ln 200 = 5.3} nats of evidence, not a factor of 200.
 *
 * @param daysBetweenFalsePages mean days between two false pages that are borne, above 0
 */
public record AlarmBudget(double daysBetweenFalsePages) {

    public AlarmBudget {
        Require.positive("daysBetweenFalsePages", daysBetweenFalsePages);
    }

    /**
     * Thresholds in days, one for each weight.
     *
     * @param weights priority of each stream, 0 or more, not all 0; a stream of weight 0 never pages (infinite
     *     threshold)
     */
    public double[] thresholds(double... weights) {
        double total = 0;
        for (double weight : weights) {
            total += Require.notNegative("weight", weight);
        }
        if (weights.length > 0 && !(total > 0 && total < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weights must have a positive, finite sum: " + total);
        }
        double[] days = new double[weights.length];
        for (int i = 0; i < days.length; i++) {
            days[i] = daysBetweenFalsePages * total / weights[i];
        }
        return days;
    }
}
