package io.pentameter.statistics.agreement;

import io.pentameter.statistics.interval.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Ratings of units by several raters, any of them missing, with the weight of each unit.
 *
 * <p>A category is a number: its rank for ordered ones, its value for measured ones, any distinct number for names. The weight of
 * a unit is one over the probability with which it came to be rated; only proportions matter.
 */
public final class Ratings {

    private final double[] categories;
    private final int[][] counts;
    private final double[] weights;

    private Ratings(double[] categories, int[][] counts, double[] weights) {
        this.categories = categories;
        this.counts = counts;
        this.weights = weights;
    }

    /**
     * One row for each rater, one column for each unit, NaN where a rating is missing; all units weigh the same.
     *
     * @param rows all of the same length
     */
    public static Ratings ofRaters(double[]... rows) {
        int units = rows.length == 0 ? 0 : rows[0].length;
        List<double[]> byUnit = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            double[] ratings = new double[rows.length];
            for (int rater = 0; rater < rows.length; rater++) {
                Require.sameLength("rows[0]", units, "rows[" + rater + "]", rows[rater].length);
                ratings[rater] = rows[rater][unit];
            }
            byUnit.add(ratings);
        }
        double[] equal = new double[units];
        Arrays.fill(equal, 1);
        return ofUnits(byUnit, equal);
    }

    /**
     * The ratings that each unit got, in any order, NaN where one is missing.
     *
     * @param units   may have different lengths
     * @param weights by unit, above 0 and finite
     */
    public static Ratings ofUnits(List<double[]> units, double... weights) {
        TreeSet<Double> found = new TreeSet<>();
        for (double[] unit : units) {
            for (double rating : unit) {
                if (!Double.isNaN(rating)) {
                    found.add(Require.finite("rating", rating) + 0.0); // -0 and 0 are one category
                }
            }
        }
        return ofUnits(units, found, weights);
    }

    /**
     * As {@link #ofUnits(List, double...)} with the categories that could have been chosen, used or not.
     *
     * @param categories hold every rating
     */
    public static Ratings ofUnits(List<double[]> units, Collection<Double> categories, double... weights) {
        Require.sameLength("units", units.size(), "weights", weights.length);
        double[] values = categories.stream()
                .mapToDouble(one -> one + 0.0)
                .sorted()
                .distinct()
                .toArray();
        int[][] counts = new int[units.size()][values.length];
        for (int unit = 0; unit < counts.length; unit++) {
            Require.positive("weight", weights[unit]);
            for (double rating : units.get(unit)) {
                if (!Double.isNaN(rating)) {
                    counts[unit][indexOf(values, rating)]++;
                }
            }
        }
        return new Ratings(values, counts, scaledToMeanOne(weights));
    }

    private static int indexOf(double[] values, double rating) {
        int index = Arrays.binarySearch(values, rating + 0.0);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "rating must be one of %s: %s".formatted(Arrays.toString(values), rating));
        }
        return index;
    }

    private static double[] scaledToMeanOne(double[] weights) {
        double largest = Arrays.stream(weights).max().orElse(1);
        double mean =
                Arrays.stream(weights).map(weight -> weight / largest).average().orElse(1);
        return Arrays.stream(weights).map(weight -> weight / largest / mean).toArray();
    }

    /** Units, rated or not. */
    public int size() {
        return counts.length;
    }

    /** The categories in rising order. */
    public double[] categories() {
        return categories.clone();
    }

    /** Units with two ratings or more, which alone tell of agreement. */
    public int pairable() {
        int pairable = 0;
        for (int unit = 0; unit < counts.length; unit++) {
            pairable += raters(unit) >= 2 ? 1 : 0;
        }
        return pairable;
    }

    int categoryCount() {
        return categories.length;
    }

    double category(int index) {
        return categories[index];
    }

    int count(int unit, int category) {
        return counts[unit][category];
    }

    int raters(int unit) {
        int raters = 0;
        for (int count : counts[unit]) {
            raters += count;
        }
        return raters;
    }

    double weight(int unit) {
        return weights[unit];
    }
}
