package io.pentameter.statistics.agreement;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.NormalInterval;
import io.pentameter.statistics.interval.Require;
import io.pentameter.statistics.interval.SampleSize;

/**
 * Cohen's kappa of two raters, plain or with partial credit, with its large-sample errors.
 *
 * <p>{@code κ = (p_o - p_e)/(1 - p_e)}, {@code p_o = Σ w p_ij}, {@code p_e = Σ w p_i. p_.j}. Source: J. Cohen, Educational and
 * Psychological Measurement 20 (1960), 37–46; errors: J. L. Fleiss, J. Cohen, B. S. Everitt, Psychological Bulletin 72 (1969),
 * 323–327, equations 8 and 9 (as printed by SAS PROC FREQ).
 *
 * <p>Two raters who both rated every unit; for others {@link KrippendorffAlpha}. At pass rates near 1 it is near 0 or negative
 * although the raters agree almost always: never show it without the plain share of agreement.
 */
public final class CohenKappa {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "cohen-kappa";

    private CohenKappa() {}

    /**
     * Kappa with its parts.
     *
     * @param observed              share of agreement with credit, {@code p_o}
     * @param expected              by chance, {@code p_e}
     * @param estimate              kappa with its standard error and normal interval; unknown if {@code expected} is 1
     * @param errorIfIndependent    standard error if the raters rated independently of each other
     */
    public record Result(double observed, double expected, Estimate estimate, double errorIfIndependent) {

        /** Kappa over {@link #errorIfIndependent}: standard normal if the raters rated independently. */
        public double z() {
            return estimate.value() / errorIfIndependent;
        }
    }

    /**
     * Computes from a table.
     *
     * @param table square; rows are the categories of the first rater in order, columns those of the second; each entry 0 or
     *              more, a count or a sum of weights. The sum counts as the number of units, so scale weights to a mean of 1
     */
    public static Result of(double[][] table, Credit credit, Confidence confidence) {
        double n = total(table);
        if (n == 0) {
            return unknown(Double.NaN, confidence);
        }
        int size = table.length;
        double[] rows = new double[size];
        double[] columns = new double[size];
        double observed = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                rows[i] += table[i][j] / n;
                columns[j] += table[i][j] / n;
                observed += credit.of(i, j, size - 1.0) * table[i][j] / n;
            }
        }
        double[] rowCredit = new double[size];
        double[] columnCredit = new double[size];
        double expected = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double one = credit.of(i, j, size - 1.0);
                rowCredit[i] += one * columns[j];
                columnCredit[j] += one * rows[i];
                expected += one * rows[i] * columns[j];
            }
        }
        if (1 - expected < 1e-15) {
            return unknown(observed, confidence);
        }
        double kappa = (observed - expected) / (1 - expected);
        double spread = 0;
        double spreadIfIndependent = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                double one = credit.of(i, j, size - 1.0);
                double chance = rowCredit[i] + columnCredit[j];
                spread += table[i][j] / n * square(one - chance * (1 - kappa));
                spreadIfIndependent += rows[i] * columns[j] * square(one - chance);
            }
        }
        double scale = n * square(1 - expected);
        double error = Math.sqrt(Math.max(0, spread - square(kappa - expected * (1 - kappa))) / scale);
        double errorIfIndependent = Math.sqrt(Math.max(0, spreadIfIndependent - square(expected)) / scale);
        Estimate estimate = new Estimate(
                kappa,
                error,
                NormalInterval.of(kappa, error, confidence).clippedTo(KrippendorffAlpha.POSSIBLE),
                confidence,
                METHOD,
                new SampleSize(Math.round(n), n, Math.round(n)),
                KrippendorffAlpha.whereErrorIsZero(error));
        return new Result(observed, expected, estimate, errorIfIndependent);
    }

    private static Result unknown(double observed, Confidence confidence) {
        Estimate unknown = Estimate.unknown(KrippendorffAlpha.POSSIBLE, confidence, METHOD);
        return Double.isNaN(observed)
                ? new Result(Double.NaN, Double.NaN, unknown, Double.NaN)
                : new Result(observed, 1, unknown.with(KrippendorffAlpha.noVariation()), Double.NaN);
    }

    private static double total(double[][] table) {
        double n = 0;
        for (int i = 0; i < table.length; i++) {
            Require.sameLength("table", table.length, "table[" + i + "]", table[i].length);
            for (double entry : table[i]) {
                n += Require.notNegative("table entry", entry);
            }
        }
        return n;
    }

    private static double square(double value) {
        return value * value;
    }
}
