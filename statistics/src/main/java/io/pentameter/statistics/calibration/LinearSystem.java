package io.pentameter.statistics.calibration;

import io.pentameter.statistics.interval.CompensatedSum;

/** Solves small symmetric positive definite systems by Cholesky's factorisation. */
final class LinearSystem {

    private LinearSystem() {}

    /**
     * Inverse of a symmetric positive definite matrix.
     *
     * @throws ArithmeticException if it is not positive definite, as with two equal columns
     */
    static double[][] inverse(double[][] matrix) {
        int size = matrix.length;
        double[][] factor = factor(matrix);
        double[][] inverse = new double[size][];
        for (int column = 0; column < size; column++) {
            double[] unit = new double[size];
            unit[column] = 1;
            inverse[column] = solve(factor, unit);
        }
        return inverse;
    }

    /** {@code x} with {@code matrix x = right}. */
    static double[] solution(double[][] matrix, double... right) {
        return solve(factor(matrix), right);
    }

    /** {@code matrix vector}. */
    static double[] product(double[][] matrix, double... vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < product.length; i++) {
            CompensatedSum sum = new CompensatedSum();
            for (int j = 0; j < vector.length; j++) {
                sum.add(matrix[i][j] * vector[j]);
            }
            product[i] = sum.value();
        }
        return product;
    }

    private static double[][] factor(double[][] matrix) {
        int size = matrix.length;
        double[][] factor = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                CompensatedSum sum = new CompensatedSum().add(matrix[i][j]);
                for (int k = 0; k < j; k++) {
                    sum.add(-factor[i][k] * factor[j][k]);
                }
                if (i != j) {
                    factor[i][j] = sum.value() / factor[j][j];
                } else if (sum.value() > 1e-12 * matrix[i][i]) {
                    factor[i][i] = Math.sqrt(sum.value());
                } else {
                    throw new ArithmeticException("matrix must be positive definite; column %d is not".formatted(i));
                }
            }
        }
        return factor;
    }

    private static double[] solve(double[][] factor, double... right) {
        int size = factor.length;
        double[] half = new double[size];
        for (int i = 0; i < size; i++) {
            double sum = right[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i][k] * half[k];
            }
            half[i] = sum / factor[i][i];
        }
        double[] whole = new double[size];
        for (int i = size - 1; i >= 0; i--) {
            double sum = half[i];
            for (int k = i + 1; k < size; k++) {
                sum -= factor[k][i] * whole[k];
            }
            whole[i] = sum / factor[i][i];
        }
        return whole;
    }
}
