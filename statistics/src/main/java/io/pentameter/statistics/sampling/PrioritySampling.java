package io.pentameter.statistics.sampling;

import io.pentameter.statistics.interval.Require;
import java.util.Arrays;

/**
 * Keeps at most a given number of requests of a batch, so that totals stay unbiased.
 *
 * <p>With {@code q = w/u}: {@code τ} is the (k+1)-th largest {@code q}; kept are those above it, with inclusion probability
 * {@code π~ = min(1, w/τ)}. Given {@code τ} this behaves as Poisson sampling: estimates from {@code 1/π~} are unbiased, pairwise
 * covariances are 0, and the variance of a total is {@code W²/(k-1)} at most. Source: N. Duffield, C. Lund, M. Thorup,
 * "Priority sampling for estimation of arbitrary subset sums", JACM 54 (2007), article 32; the bound: M. Szegedy, STOC 2006.
 *
 * <p>In batches of minutes, not of a day: a request that is pushed out after it was judged is wasted money. Results do not depend
 * on the order of the batch. Requests must be distinct: two with the same {@code q} at the threshold both fall.
 */
public final class PrioritySampling {

    private PrioritySampling() {}

    /** What to do with budget that the rules alone would not use. */
    public enum Spending {
        /** Never select with more than the probability of the rules: {@code τ} is at least 1. */
        NOT_BEYOND_RULES,
        /** Use the whole budget; the weights then need not be probabilities. */
        WHOLE_BUDGET
    }

    /**
     * Selects.
     *
     * @param weights  by request: the probability of {@link Inclusion}, or any weight of 0 or more with
     *                 {@link Spending#WHOLE_BUDGET}; 0 is never kept
     * @param uniforms by request: {@link Randomness#uniform}, above 0 and at most 1
     * @param budget   most requests to keep, 0 or more; 0 keeps none
     */
    public static Batch select(double[] weights, double[] uniforms, int budget, Spending spending) {
        Require.sameLength("weights", weights.length, "uniforms", uniforms.length);
        Require.atLeast(0, "budget", budget);
        double[] priorities = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            checkWeight(weights[i], spending);
            priorities[i] = weights[i] / Require.probability("uniform", uniforms[i]);
        }
        double next = budget == 0 ? Double.POSITIVE_INFINITY : largest(priorities, budget + 1);
        double threshold = spending == Spending.NOT_BEYOND_RULES ? Math.max(1, next) : next;

        boolean[] kept = new boolean[weights.length];
        double[] probabilities = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            kept[i] = passes(priorities[i], next, spending);
            probabilities[i] = weights[i] == 0 ? 0 : Math.min(1, weights[i] / threshold);
        }
        return new Batch(threshold, next, spending, kept, probabilities);
    }

    private static void checkWeight(double weight, Spending spending) {
        switch (spending) {
            case NOT_BEYOND_RULES -> Require.share("weight", weight);
            case WHOLE_BUDGET -> Require.notNegative("weight", weight);
        }
    }

    private static boolean passes(double priority, double next, Spending spending) {
        return priority > next && (spending == Spending.WHOLE_BUDGET || priority >= 1);
    }

    /** The {@code rank}-th largest, counted from 1; 0 if there are fewer. */
    private static double largest(double[] priorities, int rank) {
        if (rank > priorities.length) {
            return 0;
        }
        double[] sorted = priorities.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - rank];
    }

    /** What was selected from a batch. */
    public static final class Batch {

        private final double threshold;
        private final double next;
        private final Spending spending;
        private final boolean[] kept;
        private final double[] probabilities;

        Batch(double threshold, double next, Spending spending, boolean[] kept, double[] probabilities) {
            this.threshold = threshold;
            this.next = next;
            this.spending = spending;
            this.kept = kept;
            this.probabilities = probabilities;
        }

        /** {@code τ}: 1 while the budget does not bind, more when it does; infinite if the budget is 0. */
        public double threshold() {
            return threshold;
        }

        /** Whether request {@code index} of the batch is kept. */
        public boolean isKept(int index) {
            return kept[index];
        }

        /** Inclusion probability {@code π~} of request {@code index}, to be used in every estimate; 0 if it cannot be kept. */
        public double probability(int index) {
            return probabilities[index];
        }

        /** Requests that were kept, the budget at most. */
        public int keptCount() {
            int count = 0;
            for (boolean one : kept) {
                count += one ? 1 : 0;
            }
            return count;
        }

        /** Whether the budget was too small for what the rules ask; then also requests with probability 1 were thinned. */
        public boolean isBudgetBinding() {
            return threshold > 1;
        }

        /**
         * Whether a request with this random number belongs to the uniform baseline of the batch: whatever other rules it
         * matched, all requests had the same chance, {@code min(1, floor/τ)} given the threshold of the batch.
         *
         * @param floor   probability of the baseline
         * @param uniform {@link Randomness#uniform} of the request
         */
        public boolean isInBaseline(double floor, double uniform) {
            Require.probability("floor", floor);
            return passes(floor / Require.probability("uniform", uniform), next, spending);
        }
    }
}
