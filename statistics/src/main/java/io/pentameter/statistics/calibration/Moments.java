package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.CompensatedSum;

/** Mean, variance and covariance of arrays, with compensated sums and centred squares. */
final class Moments {

    private Moments() {}

    /** 0 for an empty array. */
    static double mean(double... values) {
        return values.length == 0 ? 0 : CompensatedSum.of(values) / values.length;
    }

    /**
     * Variance with divisor {@code n - lost}; 0 if that is not above 0.
     *
     * @param lost 1 for the sample variance, 0 for the population's
     */
    static double variance(int lost, double... values) {
        return covariance(lost, values, values);
    }

    /** Covariance with divisor {@code n - lost}; 0 if that is not above 0. */
    static double covariance(int lost, double[] left, double[] right) {
        int divisor = left.length - lost;
        if (divisor <= 0) {
            return 0;
        }
        double leftMean = mean(left);
        double rightMean = mean(right);
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < left.length; i++) {
            sum.add((left[i] - leftMean) * (right[i] - rightMean));
        }
        return sum.value() / divisor;
    }

    /** {@code left - factor right}, by entry. */
    static double[] residuals(double[] left, double factor, double[] right) {
        double[] residuals = new double[left.length];
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] = left[i] - factor * right[i];
        }
        return residuals;
    }
}
