package io.pentameter.statistics.agreement;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Gwet's agreement coefficients AC1 (names) and AC2 (partial credit), with any number of raters and missing ratings.
 *
 * <p>{@code (p_a - p_e)/(1 - p_e)} with {@code π_k = mean_u(n_uk/r_u)} and {@code p_e = T_w Σ π(1-π)/(q(q-1))}, {@code T_w} the sum of
 * the credits, {@code q} the number of categories. Source: K. L. Gwet, British Journal of Mathematical and Statistical
 * Psychology 61 (2008), 29–48; variance and missing ratings as in his package irrCAC, interval {@code ± t} with {@code n-1}
 * degrees of freedom, cut at 1. Weights of units are an addition.
 *
 * <p>Stays high when raters agree on nearly everything and almost everything passes, where kappa and alpha collapse. It says nothing
 * about agreement on the rare category.
 */
public final class GwetAc {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "gwet-ac";

    private GwetAc() {}

    /**
     * The coefficient with its parts.
     *
     * @param observed share of agreement {@code p_a}
     * @param expected by chance, {@code p_e}
     * @param estimate the coefficient; unknown if no unit has two ratings
     */
    public record Result(double observed, double expected, Estimate estimate) {}

    /** AC1 for {@link Credit#IDENTITY}, else AC2. */
    public static Result of(Ratings ratings, Credit credit, Confidence confidence) {
        if (ratings.pairable() == 0) {
            return new Result(Double.NaN, Double.NaN, Estimate.unknown(KrippendorffAlpha.POSSIBLE, confidence, METHOD));
        }
        return new Computation(ratings, credit).result(confidence);
    }

    /** The sums that value and variance share. */
    private static final class Computation {

        private final Ratings ratings;
        private final double[][] credits;
        private final double[] prevalence;
        private final double weightRated;
        private final double weightPaired;
        private final double observed;
        private final double chanceFactor;
        private final double expected;

        Computation(Ratings ratings, Credit credit) {
            this.ratings = ratings;
            credits = credits(ratings, credit);
            prevalence = new double[ratings.categoryCount()];
            double rated = 0;
            double paired = 0;
            double agreement = 0;
            for (int unit = 0; unit < ratings.size(); unit++) {
                int raters = ratings.raters(unit);
                if (raters >= 1) {
                    rated += ratings.weight(unit);
                    for (int k = 0; k < prevalence.length; k++) {
                        prevalence[k] += ratings.weight(unit) * ratings.count(unit, k) / raters;
                    }
                }
                if (raters >= 2) {
                    paired += ratings.weight(unit);
                    agreement += ratings.weight(unit) * agreement(unit);
                }
            }
            for (int k = 0; k < prevalence.length; k++) {
                prevalence[k] /= rated;
            }
            weightRated = rated;
            weightPaired = paired;
            observed = agreement / paired;
            chanceFactor = chanceFactor();
            expected = expected();
        }

        Result result(Confidence confidence) {
            double value = (observed - expected) / (1 - expected);
            int rated = 0;
            double squares = 0;
            for (int unit = 0; unit < ratings.size(); unit++) {
                if (ratings.raters(unit) >= 1) {
                    rated++;
                    double residual = ratings.weight(unit) * (influence(unit, value) - value);
                    squares += residual * residual;
                }
            }
            SampleSize size = new SampleSize(rated, rated, rated);
            if (rated < 2) {
                Interval possible = KrippendorffAlpha.POSSIBLE;
                return new Result(
                        observed,
                        expected,
                        new Estimate(value, Double.POSITIVE_INFINITY, possible, confidence, METHOD, size, List.of()));
            }
            double error = Math.sqrt(squares / weightRated / weightRated * rated / (rated - 1.0));
            double reach = TDistribution.of(rated - 1.0).inverseSurvivalProbability(confidence.alpha() / 2) * error;
            Interval interval = new Interval(value - reach, Math.max(value, Math.min(1, value + reach)));
            List<Warning> warnings = KrippendorffAlpha.whereErrorIsZero(error);
            return new Result(
                    observed, expected, new Estimate(value, error, interval, confidence, METHOD, size, warnings));
        }

        private double influence(int unit, double value) {
            int raters = ratings.raters(unit);
            double own = raters < 2 ? 0 : weightRated / weightPaired * (agreement(unit) - expected) / (1 - expected);
            double chance = 0;
            for (int k = 0; k < prevalence.length; k++) {
                chance += chanceFactor * ratings.count(unit, k) * (1 - prevalence[k]) / raters;
            }
            return own - 2 * (1 - value) * (chance - expected) / (1 - expected);
        }

        private double agreement(int unit) {
            double raters = ratings.raters(unit);
            double sum = 0;
            for (int k = 0; k < prevalence.length; k++) {
                double credited = 0;
                for (int l = 0; l < prevalence.length; l++) {
                    credited += credits[k][l] * ratings.count(unit, l);
                }
                sum += ratings.count(unit, k) * (credited - 1);
            }
            return sum / (raters * (raters - 1));
        }

        private double chanceFactor() {
            double credited = 0;
            for (double[] row : credits) {
                for (double one : row) {
                    credited += one;
                }
            }
            double categories = prevalence.length;
            return categories < 2 ? 0 : credited / (categories * (categories - 1)); // one category: no chance agreement
        }

        private double expected() {
            double sum = 0;
            for (double share : prevalence) {
                sum += share * (1 - share);
            }
            return chanceFactor * sum;
        }

        private static double[][] credits(Ratings ratings, Credit credit) {
            int categories = ratings.categoryCount();
            double span = ratings.category(categories - 1) - ratings.category(0);
            double[][] credits = new double[categories][categories];
            for (int k = 0; k < categories; k++) {
                for (int l = 0; l < categories; l++) {
                    credits[k][l] = credit.of(ratings.category(k), ratings.category(l), span);
                }
            }
            return credits;
        }
    }
}
