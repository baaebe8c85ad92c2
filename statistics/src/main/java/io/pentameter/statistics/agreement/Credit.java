package io.pentameter.statistics.agreement;

/**
 * How much two different categories count as agreement, for kappa and Gwet's coefficients.
 *
 * <p>1 on the diagonal, 0 for the two extremes unless {@link #IDENTITY}. Source: J. L. Fleiss, J. Cohen, Educational and
 * Psychological Measurement 33 (1973), 613–619.
 */
public enum Credit {
    /** None. */
    IDENTITY,
    /** {@code 1 - |a-b|/(max-min)}. */
    LINEAR,
    /** {@code 1 - ((a-b)/(max-min))²}. */
    QUADRATIC;

    /**
     * Credit for two categories.
     *
     * @param span largest less smallest category; 0 if there is one only
     */
    double of(double a, double b, double span) {
        if (a == b) {
            return 1;
        }
        double apart = Math.abs(a - b) / span;
        return switch (this) {
            case IDENTITY -> 0;
            case LINEAR -> 1 - apart;
            case QUADRATIC -> 1 - apart * apart;
        };
    }
}
