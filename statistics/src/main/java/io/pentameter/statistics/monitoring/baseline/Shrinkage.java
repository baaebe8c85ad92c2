package io.pentameter.statistics.monitoring.baseline;

import java.util.Arrays;

/**
 * Pulls the means of small groups towards that of their parent, as far as the data says they are alike.
 *
 * <pre>
 * κ   = s²_within / s²_between            both estimated by the method of moments over all groups
 * m_h = (n_h x̄_h + κ m_parent) / (n_h + κ)
 * V_h = s²_within / (n_h + κ)  +  (κ / (n_h + κ))² V_parent
 * </pre>
 *
 * <p>Empirical Bayes for the unbalanced one-way layout (Efron and Morris, JASA 70 (1975); variance components as in
 * Searle, "Linear Models", 1971, chapter 10). The second term of {@code V_h} is the parent's own uncertainty; the
 * specification leaves it out, and with {@code κ → ∞} (cells that do not differ) its bound would then have no width at
 * all.
 */
final class Shrinkage {

    private Shrinkage() {}

    /** A shrunk mean with its variance. */
    record Shrunk(double mean, double variance) {}

    /** s²_between of groups around their parents' raw means; 0 if the groups do not differ by more than chance. */
    static double between(Moments[] groups, int[] parentOf, Moments[] parents, double within) {
        double betweenSquares = 0;
        double[] sumOfSquaredSizes = new double[parents.length];
        int used = 0;
        for (int g = 0; g < groups.length; g++) {
            if (groups[g].n() > 0) {
                double distance = groups[g].mean() - parents[parentOf[g]].mean();
                betweenSquares += groups[g].n() * distance * distance;
                sumOfSquaredSizes[parentOf[g]] += (double) groups[g].n() * groups[g].n();
                used++;
            }
        }
        double spread = 0;
        int usedParents = 0;
        for (int p = 0; p < parents.length; p++) {
            if (parents[p].n() > 0) {
                spread += parents[p].n() - sumOfSquaredSizes[p] / parents[p].n();
                usedParents++;
            }
        }
        return spread > 0 ? Math.max(0, (betweenSquares - (used - usedParents) * within) / spread) : 0;
    }

    /** One group pulled towards its parent by {@code kappa = within/between}. */
    static Shrunk towards(Shrunk parent, Moments group, double within, double between) {
        if (between == 0 || group.n() == 0) {
            return new Shrunk(parent.mean(), parent.variance() + between);
        }
        double kappa = within / between;
        double pull = kappa / (group.n() + kappa);
        return new Shrunk(
                parent.mean() + (1 - pull) * (group.mean() - parent.mean()),
                within / (group.n() + kappa) + pull * pull * parent.variance());
    }

    /** Sum of groups by parent. */
    static Moments[] sum(Moments[] groups, int[] parentOf, int parents) {
        Moments[] sums = new Moments[parents];
        Arrays.fill(sums, Moments.NONE);
        for (int g = 0; g < groups.length; g++) {
            sums[parentOf[g]] = sums[parentOf[g]].plus(groups[g]);
        }
        return sums;
    }
}
