package io.pentameter.statistics.agreement;

import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.SampleSize;
import io.pentameter.statistics.interval.Warning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Krippendorff's alpha: one less observed over expected disagreement, with any number of raters and missing ratings.
 *
 * <p>Coincidences {@code o = Σ_u w_u (n_u n_u' - diag n_u)/(m_u - 1)} over units with {@code m_u >= 2} ratings; expected
 * {@code e = (n_c n_k - diag n_c)/(n - 1)}; {@code α = 1 - Σ o δ²/Σ e δ²}. Source: K. Krippendorff, "Computing Krippendorff's
 * alpha-reliability", 2011; weights of units are an addition, scaled to a mean of 1 over the units used, so that equal weights
 * change nothing. Interval: {@link UnitBootstrap}.
 *
 * <p>1 is perfect, 0 is chance, below 0 is worse than chance; 0.667 is the least on which to base tentative conclusions, 0.8 is
 * good. At pass rates near 1 it is low although raters hardly ever differ: show it with the plain share of agreement and
 * {@link GwetAc}. Undefined if all ratings are equal.
 */
public final class KrippendorffAlpha {

    /** Name of the method in an {@link Estimate}. */
    public static final String METHOD = "krippendorff-alpha";

    /** What a coefficient of agreement can be. */
    static final Interval POSSIBLE = new Interval(-1, 1);

    private KrippendorffAlpha() {}

    /** Alpha itself; NaN if no unit has two ratings or all ratings are equal. */
    public static double of(Ratings ratings, Distance distance) {
        int[] once = new int[ratings.size()];
        Arrays.fill(once, 1);
        return of(ratings, distance, once);
    }

    /** Alpha with its interval; unknown if it is undefined. */
    public static Estimate estimate(
            Ratings ratings, Distance distance, UnitBootstrap bootstrap, Confidence confidence) {
        double alpha = of(ratings, distance);
        if (ratings.pairable() == 0) {
            return Estimate.unknown(POSSIBLE, confidence, METHOD);
        }
        if (Double.isNaN(alpha)) {
            return Estimate.unknown(POSSIBLE, confidence, METHOD).with(noVariation());
        }
        UnitBootstrap.Spread spread =
                bootstrap.spread(ratings.size(), confidence, times -> of(ratings, distance, times));
        List<Warning> warnings = new ArrayList<>(whereErrorIsZero(spread.standardError()));
        if (spread.undefined() > 0) {
            warnings.add(new Warning(
                    "undefined-resamples",
                    "%d of %d resamples held equal ratings only and were left out."
                            .formatted(spread.undefined(), bootstrap.replicates())));
        }
        return new Estimate(
                alpha,
                spread.standardError(),
                spread.interval(),
                confidence,
                METHOD,
                new SampleSize(ratings.pairable(), ratings.pairable(), ratings.pairable()),
                warnings);
    }

    /** What to say of an error of 0 that comes from equal parts of a sample, not from certainty; nothing of any other. */
    static List<Warning> whereErrorIsZero(double error) {
        return error == 0
                ? List.of(new Warning(
                        "error-degenerate",
                        "All units agree alike, so the estimated error is 0; the interval is too narrow."))
                : List.of();
    }

    static Warning noVariation() {
        return new Warning("no-variation", "All ratings are equal; agreement beyond chance cannot be told.");
    }

    private static double of(Ratings ratings, Distance distance, int[] times) {
        double[][] coincidences = coincidences(ratings, times);
        double[] values = ratings.categories();
        double[] totals = new double[values.length];
        for (int c = 0; c < values.length; c++) {
            totals[c] = Arrays.stream(coincidences[c]).sum();
        }
        double all = Arrays.stream(totals).sum();
        double observed = 0;
        double expected = 0;
        for (int c = 0; c < values.length; c++) {
            for (int k = c + 1; k < values.length; k++) {
                double squared = distance.squared(c, k, values, totals);
                observed += coincidences[c][k] * squared;
                expected += totals[c] * totals[k] / (all - 1) * squared;
            }
        }
        return expected > 0 ? 1 - observed / expected : Double.NaN;
    }

    private static double[][] coincidences(Ratings ratings, int[] times) {
        int categories = ratings.categoryCount();
        double[][] coincidences = new double[categories][categories];
        double scale = scale(ratings, times);
        for (int unit = 0; unit < ratings.size(); unit++) {
            int raters = ratings.raters(unit);
            if (raters < 2 || times[unit] == 0) {
                continue;
            }
            double factor = times[unit] * ratings.weight(unit) * scale / (raters - 1);
            for (int c = 0; c < categories; c++) {
                int count = ratings.count(unit, c);
                if (count > 0) {
                    for (int k = 0; k < categories; k++) {
                        coincidences[c][k] += factor * count * (ratings.count(unit, k) - (c == k ? 1 : 0));
                    }
                }
            }
        }
        return coincidences;
    }

    /** Makes the weights of the units that are used 1 on average. */
    private static double scale(Ratings ratings, int[] times) {
        double weight = 0;
        int used = 0;
        for (int unit = 0; unit < ratings.size(); unit++) {
            if (ratings.raters(unit) >= 2) {
                weight += times[unit] * ratings.weight(unit);
                used += times[unit];
            }
        }
        return used == 0 ? 1 : used / weight;
    }
}
