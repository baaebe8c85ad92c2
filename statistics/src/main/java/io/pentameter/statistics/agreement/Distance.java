package io.pentameter.statistics.agreement;

/**
 * How far two categories are apart, for Krippendorff's alpha: his δ².
 *
 * <p>Source: K. Krippendorff, "Computing Krippendorff's alpha-reliability", 2011.
 */
public enum Distance {
    /** Names: 1 unless equal. */
    NOMINAL,
    /** Ranks: {@code (Σ_{g=c..k} n_g - (n_c+n_k)/2)²}, so that what few raters used is near. */
    ORDINAL,
    /** Measurements: {@code (c-k)²}. */
    INTERVAL,
    /** Measurements with a true zero, none negative: {@code ((c-k)/(c+k))²}. */
    RATIO;

    /**
     * Squared distance of two categories.
     *
     * @param low    index of the one, at most {@code high}
     * @param high   index of the other
     * @param values of the categories, rising
     * @param totals how often each was used
     */
    double squared(int low, int high, double[] values, double[] totals) {
        if (low == high) {
            return 0;
        }
        double distance = switch (this) {
            case NOMINAL -> 1;
            case ORDINAL -> ranksBetween(low, high, totals);
            case INTERVAL -> values[high] - values[low];
            case RATIO -> ratio(values[low], values[high]);
        };
        return distance * distance;
    }

    private static double ranksBetween(int low, int high, double[] totals) {
        double sum = -(totals[low] + totals[high]) / 2;
        for (int g = low; g <= high; g++) {
            sum += totals[g];
        }
        return sum;
    }

    private static double ratio(double low, double high) {
        if (low < 0) {
            throw new IllegalArgumentException("rating must be 0 or more for a ratio: " + low);
        }
        return (high - low) / (high + low);
    }
}
