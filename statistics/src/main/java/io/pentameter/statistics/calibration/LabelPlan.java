package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.sampling.LargestRemainder;

/**
 * How many human labels a precision costs, and what a budget buys.
 *
 * <p>{@code n = z² θ(1-θ)(1-ρ²)/h²} with ρ the correlation of truth and judge, for many more judged answers than labels. It follows from
 * the variance of PPI++ at its best λ, {@code σ²/n (1 - ρ² N/(n+N))}. Best pair for a cost: D. Broska, M. Howes, A. van Loon, "The mixed
 * subjects design", 2024 ({@code ppi_power} of package ppi_py).
 *
 * <p>A plan is no evidence: the gates of {@link LabelGate} apply to what was really labelled.
 */
public final class LabelPlan {

    /** Weeks over which labels are pooled while the judge is quiet. */
    private static final int POOLED_WEEKS = 4;

    private LabelPlan() {}

    /**
     * Labels for a wanted half width of the interval.
     *
     * @param rate        expected pass rate, 0 to 1
     * @param correlation of truth and judge, -1 to 1, ends excluded; 0 without a judge
     * @param halfWidth   above 0 and at most 1; 0.03 for ± 3 points
     * @return 0 or more, rounded up
     */
    public static long labelsForHalfWidth(double rate, double correlation, double halfWidth, Confidence confidence) {
        Require.share("rate", rate);
        Require.probability("halfWidth", halfWidth);
        double unexplained = 1 - square(checkedCorrelation(correlation));
        return (long) Math.ceil(square(confidence.z() / halfWidth) * rate * (1 - rate) * unexplained);
    }

    /** Labels a week that reach {@code labels} over the four weeks that are pooled. */
    public static long weekly(long labels) {
        return Math.ceilDiv(Require.atLeast(0, "labels", labels), POOLED_WEEKS);
    }

    /**
     * Effective size needed to tell a difference from 0 in a two-sided test.
     *
     * @param difference true difference, not 0
     * @param deviation  standard deviation of one observation, above 0
     * @param power      chance to tell it, between 0 and 1, ends excluded
     */
    public static long effectiveSizeFor(double difference, double deviation, double power, Confidence confidence) {
        Require.positive("difference", Math.abs(difference));
        Require.positive("deviation", deviation);
        double reach = confidence.z()
                + Confidence.erring(1 - Require.betweenZeroAndOne("power", power))
                        .zOneSided();
        return (long) Math.ceil(square(reach * deviation / difference));
    }

    /**
     * What things cost, in one unit.
     *
     * @param answer     to have one answer, 0 or more
     * @param label      human label, above 0
     * @param prediction judge's score, 0 or more
     */
    public record Costs(double answer, double label, double prediction) {

        public Costs {
            Require.notNegative("answer", answer);
            Require.positive("label", label);
            Require.notNegative("prediction", prediction);
        }

        private double ratio() {
            return (prediction + answer) / label;
        }
    }

    /**
     * Labels and predictions to buy.
     *
     * @param labels      {@code n}
     * @param predictions {@code N}, answers with a score alone
     * @param cost        of both together
     * @param effective   labels that would be as precise without a judge, rounded
     */
    public record Purchase(long labels, long predictions, double cost, long effective) {}

    /**
     * The most precise purchase within a budget.
     *
     * @param correlation of truth and judge, -1 to 1, ends excluded
     * @param budget      above 0
     */
    public static Purchase bestWithin(double budget, double correlation, Costs costs) {
        Require.positive("budget", budget);
        double squared = square(checkedCorrelation(correlation));
        double perLabel = costPerEffectiveLabel(squared, costs);
        Purchase purchase = pair(budget / perLabel, squared, costs);
        double alone = costs.label() + costs.answer();
        return alone < perLabel || purchase.predictions() < 0 ? labelsOnly((long) (budget / alone), costs) : purchase;
    }

    /**
     * The cheapest purchase that is as precise as {@code effective} labels without a judge.
     *
     * @param effective   above 0
     * @param correlation of truth and judge, -1 to 1, ends excluded
     */
    public static Purchase cheapestFor(double effective, double correlation, Costs costs) {
        Require.positive("effective", effective);
        double squared = square(checkedCorrelation(correlation));
        Purchase purchase = pair(effective, squared, costs);
        double alone = costs.label() + costs.answer();
        return alone < costPerEffectiveLabel(squared, costs) || purchase.predictions() < 0
                ? labelsOnly((long) effective, costs)
                : purchase;
    }

    /**
     * What a week's labels are spent on.
     *
     * @param stratified    by class and verdict, for the corrected rates
     * @param doubled       labelled by two people, for agreement
     * @param gold          with a known answer, for the annotators
     * @param newest        newest intents and prompt versions
     */
    public record Week(long stratified, long doubled, long gold, long newest) {

        /** Divides {@code labels} 70 : 15 : 10 : 5. */
        public static Week of(long labels) {
            long[] parts = LargestRemainder.divide(labels, 70, 15, 10, 5);
            return new Week(parts[0], parts[1], parts[2], parts[3]);
        }
    }

    private static double costPerEffectiveLabel(double squared, Costs costs) {
        double ratio = costs.ratio();
        return costs.label() * (1 - squared + ratio * squared + 2 * Math.sqrt(ratio * squared * (1 - squared)));
    }

    private static Purchase pair(double effective, double squared, Costs costs) {
        double ratio = costs.ratio();
        double labels = effective * (1 - squared + Math.sqrt(ratio * squared * (1 - squared)));
        double excess = labels - (1 - squared) * effective;
        double predictions = squared == 0 || excess == 0 ? 0 : labels * (effective - labels) / excess;
        long n = Math.round(labels);
        long many = Math.round(predictions);
        double cost = n * costs.label() + (n + many) * (costs.prediction() + costs.answer());
        double left = n == 0 ? 1 : 1 - squared * many / (n + many);
        return new Purchase(n, many, cost, Math.round(n / left));
    }

    private static Purchase labelsOnly(long labels, Costs costs) {
        return new Purchase(labels, 0, labels * (costs.label() + costs.answer()), labels);
    }

    private static double checkedCorrelation(double correlation) {
        if (!(correlation > -1 && correlation < 1)) {
            throw new IllegalArgumentException(
                    "correlation must be between -1.0 and 1.0, ends excluded: " + correlation);
        }
        return correlation;
    }

    private static double square(double value) {
        return value * value;
    }
}
