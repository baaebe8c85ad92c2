package io.pentameter.statistics.calibration;

/**
 * Linear regression by weighted least squares with HC1 errors.
 *
 * <p>{@code b = (X'WX)⁻¹X'Wy}; covariance {@code n/(n-k) (X'WX)⁻¹ (Σ w²e² xx') (X'WX)⁻¹}.
 */
final class WeightedLeastSquares {

    private final double[] coefficients;
    private final double[][] covariance;

    /**
     * Fits.
     *
     * @throws ArithmeticException if there are no more rows than columns or a column follows from the others
     */
    WeightedLeastSquares(double[][] rows, double[] values, double[] weights) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        if (rows.length <= columns) {
            throw new ArithmeticException("more than %d rows are needed: %d".formatted(columns, rows.length));
        }
        double[][] normal = new double[columns][columns];
        double[] right = new double[columns];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns; j++) {
                right[j] += weights[i] * rows[i][j] * values[i];
            }
            addOuter(normal, rows[i], weights[i]);
        }
        double[][] inverse = LinearSystem.inverse(normal);
        coefficients = LinearSystem.product(inverse, right);
        double[][] middle = new double[columns][columns];
        for (int i = 0; i < rows.length; i++) {
            double residual = values[i];
            for (int j = 0; j < columns; j++) {
                residual -= coefficients[j] * rows[i][j];
            }
            addOuter(middle, rows[i], weights[i] * weights[i] * residual * residual);
        }
        covariance = sandwich(inverse, middle, (double) rows.length / (rows.length - columns));
    }

    double coefficient(int column) {
        return coefficients[column];
    }

    double standardError(int column) {
        return Math.sqrt(covariance[column][column]);
    }

    private static void addOuter(double[][] sum, double[] row, double factor) {
        for (int j = 0; j < row.length; j++) {
            for (int k = 0; k < row.length; k++) {
                sum[j][k] += factor * row[j] * row[k];
            }
        }
    }

    private static double[][] sandwich(double[][] bread, double[][] filling, double factor) {
        int size = bread.length;
        double[][] result = new double[size][size];
        for (int i = 0; i < size; i++) {
            double[] row = LinearSystem.product(filling, bread[i]); // bread is symmetric
            for (int j = 0; j < size; j++) {
                for (int k = 0; k < size; k++) {
                    result[i][j] += factor * row[k] * bread[k][j];
                }
            }
        }
        return result;
    }
}
