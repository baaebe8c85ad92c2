package io.pentameter.statistics.quantile;

import io.pentameter.statistics.interval.Require;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Quantile of a population from rows drawn with unequal probability: the inverse of the weighted distribution function.
 *
 * <pre>x_q = least x with  Σ_{x_i &lt;= x} w_i / Σ w_i  &gt;=  q</pre>
 *
 * <p>Source: Särndal, Swensson, Wretman, "Model Assisted Survey Sampling" (1992), section 5.11. {@code w_i = 1/π_i}.
 * Equal to the plain inverse distribution function (type 1 of Hyndman and Fan 1996) when all weights are equal, and
 * unchanged when all of them are multiplied by one factor. Its interval is Woodruff's. An exact tie {@code F(x) = q}
 * takes the lower value; sums within 1e-12 (relative) of {@code q} count as a tie, so that 0.1 + 0.2 reaches 0.3.
 */
public final class WeightedQuantile {

    private static final double TIE = 1e-12;

    private WeightedQuantile() {}

    /**
     * The weighted {@code q}-quantile.
     *
     * @param values any order, finite; not changed
     * @param weights one for each value, 0 or more, with a finite sum; rows of weight 0 are as if they were not there
     * @param q 0 to 1, both included; 0 gives the least value that has weight
     * @return empty if there is no weight
     */
    public static OptionalDouble of(double[] values, double[] weights, double q) {
        Require.share("q", q);
        if (values.length != weights.length) {
            throw new IllegalArgumentException(
                    "values and weights must be as many: %s and %s".formatted(values.length, weights.length));
        }
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            checkWeight(weights[i]);
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("value must be finite: " + values[i]);
            }
            total += weights[i];
        }
        if (Require.notNegative("sum of weights", total) == 0) {
            return OptionalDouble.empty();
        }
        int[] order = IntStream.range(0, values.length)
                .filter(i -> weights[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double reached = 0;
        for (int i : order) {
            reached += weights[i];
            if (reached >= q * total * (1 - TIE)) {
                return OptionalDouble.of(values[i]);
            }
        }
        return OptionalDouble.of(values[order[order.length - 1]]);
    }

    static void checkWeight(double weight) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight must be 0 or more and finite: " + weight);
        }
    }
}
