package io.pentameter.statistics.drift;

import io.pentameter.statistics.interval.Require;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which categories a test tells apart: the largest of the reference, and {@code OTHER} for the rest.
 *
 * <p>Largest first until 99 % of the reference is covered, as long as each has an expected count of 5 or more in the
 * current sample; ties by name. Fixed on the reference alone, so a new category falls into {@code OTHER}, where it is
 * noticed when it grows.
 *
 * <p>Source of the least expected count: W. G. Cochran, Biometrics 10 (1954), 417–451; 99 % is Pentameter's choice.
 * Not chosen on the current sample: that would make the test bolder than it says.
 *
 * @param kept names told apart, largest first
 */
public record Categories(List<String> kept) {

    private static final double COVERED = 0.99;
    private static final double LEAST_EXPECTED = 5;

    public Categories {
        kept = List.copyOf(kept);
    }

    /**
     * Chooses the categories.
     *
     * @param reference   counts by name, 0 or more, not all 0
     * @param currentSize number of requests in the sample to be tested, above 0
     * @param limit       most categories kept, 1 or more
     */
    public static Categories of(Map<String, Double> reference, double currentSize, int limit) {
        Require.atLeast(1, "limit", limit);
        Require.positive("currentSize", currentSize);
        double total = Counts.total(
                "reference",
                reference.values().stream().mapToDouble(Double::doubleValue).toArray());
        List<Map.Entry<String, Double>> falling = reference.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        int kept = 0;
        double covered = 0;
        while (kept < Math.min(limit, falling.size())
                && covered < COVERED * total
                && falling.get(kept).getValue() / total * currentSize >= LEAST_EXPECTED) {
            covered += falling.get(kept).getValue();
            kept++;
        }
        return new Categories(
                falling.subList(0, kept).stream().map(Map.Entry::getKey).toList());
    }

    /** {@code counts} in the order of {@link #kept}, and as the last element all others together. */
    public double[] project(Map<String, Double> counts) {
        double[] projected = new double[kept.size() + 1];
        counts.forEach((name, count) -> {
            int position = kept.indexOf(name);
            projected[position < 0 ? kept.size() : position] += Require.notNegative("count", count);
        });
        return projected;
    }
}
