package io.pentameter.statistics.verification;

import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.sampling.PrioritySampling;
import io.pentameter.statistics.verification.Figure.Measured;
import java.util.Arrays;
import java.util.List;

/** Priority sampling under a hard budget. */
final class PrioritySamplingStudy implements Study {

    private static final double[] WEIGHTS = {10, 5, 3, 2, 1, 1, 1, 0.5, 0.5, 0.25};
    private static final int BUDGET = 4;

    @Override
    public String id() {
        return "priority-sampling-unbiased";
    }

    @Override
    public String area() {
        return "Sampling";
    }

    @Override
    public String shows() {
        return "Ten requests of weight 10 to 0.25, a budget of four. The total from what was kept is right on average, single requests are"
                + " uncorrelated (the variance of the total is the sum of theirs) and the variance is below the bound of Duffield, Lund,"
                + " Thorup and Szegedy.";
    }

    @Override
    public List<Figure> run(long seed, Effort effort) {
        Draws draws = new Draws(seed);
        Tally totals = new Tally();
        Tally[] items = new Tally[WEIGHTS.length];
        Arrays.setAll(items, _ -> new Tally());
        double[] uniforms = new double[WEIGHTS.length];
        int runs = effort.of(400_000);
        for (int run = 0; run < runs; run++) {
            Arrays.setAll(uniforms, _ -> draws.uniform());
            PrioritySampling.Batch batch =
                    PrioritySampling.select(WEIGHTS, uniforms, BUDGET, PrioritySampling.Spending.WHOLE_BUDGET);
            double total = 0;
            for (int i = 0; i < WEIGHTS.length; i++) {
                double estimate = batch.isKept(i) ? WEIGHTS[i] / batch.probability(i) : 0;
                items[i].add(estimate);
                total += estimate;
            }
            totals.add(total);
        }
        double variance = square(totals.spread().value());
        double sum = Arrays.stream(items)
                .mapToDouble(item -> square(item.spread().value()))
                .sum();
        double relativeError = 4 * Math.sqrt(2.0 / runs); // heavier tails than normal: four times its error
        return List.of(
                Figure.near("mean of the total", 24.25, 0.05, totals.mean()),
                Figure.near(
                        "variance of the total over the sum of variances",
                        1,
                        0.02,
                        new Measured(variance / sum, relativeError)),
                new Figure(
                        "variance of the total",
                        "40.64, bound 196.02",
                        variance,
                        variance * relativeError,
                        new Interval(39.8, 41.5)));
    }

    private static double square(double value) {
        return value * value;
    }
}
