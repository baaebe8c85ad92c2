package io.pentameter.statistics.drift;

import io.pentameter.statistics.interval.Require;
import java.util.List;

/**
 * How much more the shares of categories vary because requests come in sessions.
 *
 * <pre>
 * d_k  = V_clusters(p_k) / (p_k (1-p_k)/n)       V_clusters = C/(C-1) Σ_c (e_ck - ē_k)² / n²,  e_ck = n_ck - n_c p_k
 * deff = Σ_k (1-p_k) d_k / (K-1)                 over the K categories that occur
 * </pre>
 *
 * <p>Rao and Scott, JASA 76 (1981), equation 2.7 (mean generalised design effect), linearised ratio variance. Never
 * below 1: with few clusters the estimate is noisy, and one below 1 would make the test bolder than independence does.
 */
public final class DesignEffect {

    private DesignEffect() {}

    /**
     * Mean design effect of clusters.
     *
     * @param clusters for each session its counts per category, all of one length, 0 or more
     * @return 1 or more; 1 for fewer than two clusters or categories
     */
    public static double of(List<double[]> clusters) {
        if (clusters.size() < 2) {
            return 1;
        }
        int categories = clusters.getFirst().length;
        double[] sums = new double[categories];
        double n = 0;
        for (double[] cluster : clusters) {
            Require.sameLength("first cluster", categories, "cluster", cluster.length);
            n += Counts.total("count", cluster);
            for (int k = 0; k < categories; k++) {
                sums[k] += cluster[k];
            }
        }
        double weighted = 0;
        int used = 0;
        for (int k = 0; k < categories; k++) {
            double share = sums[k] / n;
            if (share > 0 && share < 1) {
                used++;
                weighted += (1 - share) * varianceOfTotal(clusters, k, share) / (n * share * (1 - share));
            }
        }
        return used < 2 ? 1 : Math.max(1, weighted / (used - 1));
    }

    private static double varianceOfTotal(List<double[]> clusters, int category, double share) {
        double sum = 0;
        double squares = 0;
        for (double[] cluster : clusters) {
            double residual = cluster[category] - share * Counts.total("count", cluster);
            sum += residual;
            squares += residual * residual;
        }
        double size = clusters.size();
        return size / (size - 1) * (squares - sum * sum / size);
    }
}
