package io.pentameter.statistics.drift;

import io.pentameter.statistics.interval.Require;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Tests whether rows (reference, current) have the same mix of columns (categories).
 *
 * <pre>
 * X² = Σ (O-E)²/E       G = 2 Σ O ln(O/E)       E = row sum · column sum / n
 * q  = 1 + (n Σ 1/r_i - 1)(n Σ 1/c_j - 1) / (6 n (r-1)(c-1))          Williams
 * p  = P( χ²_(r-1)(c-1) &gt;= G / (q · deff) )                              Rao–Scott, first order
 * </pre>
 *
 * <p>Sokal and Rohlf, "Biometry", section 17.4; Williams, Biometrika 63 (1976); Rao and Scott, JASA 76 (1981). {@code
 * deff} is the mean design effect of the clusters ({@link DesignEffect}): requests of one session are alike, and
 * without it the test fires on noise. Rows and columns without counts are left out. A fixed-time test: correct for the
 * number of features with Benjamini–Yekutieli, and do not look every hour. Expected counts should be 5 or more ({@link
 * Categories} sees to that).
 *
 * @param pearson X²
 * @param g G
 * @param williams q, 1 or more
 * @param degrees degrees of freedom; 0 if only one row or column has counts, then nothing differs
 * @param designEffect mean design effect that was given
 */
public record ContingencyTest(double pearson, double g, double williams, int degrees, double designEffect) {

    /**
     * The test of a table.
     *
     * @param table        rows of equal length; counts, or sums of weights, 0 or more
     * @param designEffect 1 for independent requests, otherwise from {@link DesignEffect}; above 0
     */
    public static ContingencyTest of(double[][] table, double designEffect) {
        Require.positive("designEffect", designEffect);
        for (double[] row : table) {
            Require.sameLength("first row", table[0].length, "row", row.length);
            Counts.total("count", row);
        }
        double[] rows = Arrays.stream(table)
                .mapToDouble(row -> Arrays.stream(row).sum())
                .toArray();
        double[] columns = IntStream.range(0, table.length == 0 ? 0 : table[0].length)
                .mapToDouble(column ->
                        Arrays.stream(table).mapToDouble(row -> row[column]).sum())
                .toArray();
        double n = Arrays.stream(rows).sum();
        double pearson = 0;
        double g = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                double expected = rows[i] / n * columns[j];
                if (expected > 0) {
                    double observed = table[i][j];
                    pearson += (observed - expected) * (observed - expected) / expected;
                    g += observed > 0 ? 2 * observed * Math.log(observed / expected) : 0;
                }
            }
        }
        int usedRows = (int) Arrays.stream(rows).filter(sum -> sum > 0).count();
        int usedColumns = (int) Arrays.stream(columns).filter(sum -> sum > 0).count();
        int degrees = Math.max(0, usedRows - 1) * Math.max(0, usedColumns - 1);
        double williams =
                degrees == 0 ? 1 : 1 + (reciprocals(rows, n) - 1) * (reciprocals(columns, n) - 1) / (6 * n * degrees);
        return new ContingencyTest(pearson, Math.max(0, g), williams, degrees, designEffect);
    }

    /** Reference against current counts, category by category. */
    public static ContingencyTest of(double[] reference, double[] current, double designEffect) {
        Require.sameLength("reference", reference.length, "current", current.length);
        return of(new double[][] {reference, current}, designEffect);
    }

    /** n Σ 1/sum over the sums that are not 0. */
    private static double reciprocals(double[] sums, double n) {
        return Arrays.stream(sums).filter(sum -> sum > 0).map(sum -> n / sum).sum();
    }

    /** p-value of X², uncorrected. */
    public double pearsonP() {
        return tail(pearson);
    }

    /** p-value of G, uncorrected. */
    public double gP() {
        return tail(g);
    }

    /** G after Williams' correction. */
    public double gWilliams() {
        return g / williams;
    }

    /** p-value of G after Williams' and Rao and Scott's corrections: the one to use. */
    public double pValue() {
        return tail(g / (williams * designEffect));
    }

    private double tail(double statistic) {
        return degrees == 0 ? 1 : ChiSquaredDistribution.of(degrees).survivalProbability(statistic);
    }
}
