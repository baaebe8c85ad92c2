package io.pentameter.statistics.agreement;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.SampleSize;
import java.util.Arrays;

/**
 * Fleiss' kappa: agreement beyond chance when every unit has the same number of ratings, not always from the same raters.
 *
 * <p>{@code κ = (P̄ - P̄_e)/(1 - P̄_e)}, {@code P_i = Σ_j n_ij(n_ij-1)/(r(r-1))}, {@code P̄_e = Σ p_j²}. Source: J. L. Fleiss,
 * Psychological Bulletin 76 (1971), 378–382; error without agreement: J. L. Fleiss, J. C. M. Nee, J. R. Landis, Psychological
 * Bulletin 86 (1979), 974–977. Interval: {@link UnitBootstrap}.
 *
 * <p>Shares the paradox of {@link CohenKappa}. With missing ratings use {@link KrippendorffAlpha}.
 */
public final class FleissKappa {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "fleiss-kappa";

    private FleissKappa() {}

    /**
     * Kappa with its parts.
     *
     * @param observed           mean share of agreeing pairs, {@code P̄}
     * @param expected           by chance, {@code P̄_e}
     * @param estimate           kappa; unknown if there is no unit or all ratings are equal
     * @param errorIfIndependent standard error if all ratings were independent
     */
    public record Result(double observed, double expected, Estimate estimate, double errorIfIndependent) {}

    /** Computes; every unit must have the same number of ratings, 2 or more. */
    public static Result of(Ratings ratings, UnitBootstrap bootstrap, Confidence confidence) {
        int raters = raters(ratings);
        if (ratings.size() == 0) {
            Estimate unknown = Estimate.unknown(KrippendorffAlpha.POSSIBLE, confidence, METHOD);
            return new Result(Double.NaN, Double.NaN, unknown, Double.NaN);
        }
        int[] once = new int[ratings.size()];
        Arrays.fill(once, 1);
        Shares shares = shares(ratings, raters, once);
        if (shares.expected() >= 1 - 1e-15) {
            Estimate unknown = Estimate.unknown(KrippendorffAlpha.POSSIBLE, confidence, METHOD)
                    .with(KrippendorffAlpha.noVariation());
            return new Result(shares.observed(), 1, unknown, Double.NaN);
        }
        UnitBootstrap.Spread spread = bootstrap.spread(
                ratings.size(),
                confidence,
                times -> shares(ratings, raters, times).kappa());
        Estimate estimate = new Estimate(
                shares.kappa(),
                spread.standardError(),
                spread.interval(),
                confidence,
                METHOD,
                new SampleSize(ratings.size(), ratings.size(), ratings.size()),
                KrippendorffAlpha.whereErrorIsZero(spread.standardError()));
        return new Result(
                shares.observed(), shares.expected(), estimate, shares.errorIfIndependent(ratings.size(), raters));
    }

    private static int raters(Ratings ratings) {
        for (int unit = 0; unit < ratings.size(); unit++) {
            if (ratings.raters(unit) != ratings.raters(0) || ratings.raters(unit) < 2) {
                throw new IllegalArgumentException(
                        "every unit must have the same number of ratings, 2 or more: unit 0 has %d, unit %d has %d"
                                .formatted(ratings.raters(0), unit, ratings.raters(unit)));
            }
        }
        return ratings.size() == 0 ? 0 : ratings.raters(0);
    }

    private static Shares shares(Ratings ratings, int raters, int[] times) {
        double[] prevalence = new double[ratings.categoryCount()];
        double agreeing = 0;
        double units = 0;
        for (int unit = 0; unit < ratings.size(); unit++) {
            double weight = times[unit] * ratings.weight(unit);
            units += weight;
            for (int k = 0; k < prevalence.length; k++) {
                double count = ratings.count(unit, k);
                prevalence[k] += weight * count / raters;
                agreeing += weight * count * (count - 1) / (raters * (raters - 1.0));
            }
        }
        double squares = 0;
        double variation = 0;
        double skew = 0;
        for (double sum : prevalence) {
            double share = sum / units;
            squares += share * share;
            variation += share * (1 - share);
            skew += share * (1 - share) * (1 - 2 * share);
        }
        return new Shares(agreeing / units, squares, variation, skew);
    }

    private record Shares(double observed, double expected, double variation, double skew) {

        double kappa() {
            return expected >= 1 - 1e-15 ? Double.NaN : (observed - expected) / (1 - expected);
        }

        double errorIfIndependent(double units, double raters) {
            double variance =
                    2 * (variation * variation - skew) / (units * raters * (raters - 1) * variation * variation);
            return Math.sqrt(Math.max(0, variance));
        }
    }
}
