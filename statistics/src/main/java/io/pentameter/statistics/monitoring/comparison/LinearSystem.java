package io.pentameter.statistics.monitoring.comparison;

/** Small dense linear systems. */
final class LinearSystem {

    private LinearSystem() {}

    /** Solution of the system whose rows are coefficients and, last, the right side; the rows are used up. */
    static double[] solve(double[][] rows) {
        int n = rows.length;
        for (int column = 0; column < n; column++) {
            int pivot = column;
            for (int row = column + 1; row < n; row++) {
                pivot = Math.abs(rows[row][column]) > Math.abs(rows[pivot][column]) ? row : pivot;
            }
            double[] swapped = rows[column];
            rows[column] = rows[pivot];
            rows[pivot] = swapped;
            for (int row = column + 1; row < n; row++) {
                double factor = rows[row][column] / rows[column][column];
                for (int k = column; k <= n; k++) {
                    rows[row][k] -= factor * rows[column][k];
                }
            }
        }
        double[] solution = new double[n];
        for (int row = n - 1; row >= 0; row--) {
            double rest = rows[row][n];
            for (int k = row + 1; k < n; k++) {
                rest -= rows[row][k] * solution[k];
            }
            solution[row] = rest / rows[row][row];
        }
        return solution;
    }
}
