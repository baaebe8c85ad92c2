package io.pentameter.aggregation.clientmetric;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What one series (or one point of it) sums up to.
 *
 * @param at     seconds since the epoch; 0 without points
 * @param count  of a histogram
 * @param sum    of a histogram's values; empty if a client did not sum them
 * @param points how many points of clients it is made of
 */
record Sums(
        Key key,
        long at,
        double increase,
        long count,
        Optional<Double> sum,
        Histogram histogram,
        long points,
        Levels levels) {

    /**
     * Which series.
     *
     * @param level whether values are levels, which are not summed over time
     */
    record Key(String unit, String type, boolean level, List<String> group) {

        Key {
            group = List.copyOf(group);
        }
    }

    /**
     * Of values that are levels.
     *
     * @param lastSum sum of the latest values of {@code series} sets of attributes
     */
    record Levels(double sum, double least, double greatest, double lastSum, long series) {
        static final Levels NONE = new Levels(0, 0, 0, 0, 0);
    }

    /** @param seconds of the window, or of the point */
    Map<String, @Nullable Object> values(double seconds, List<Double> quantiles) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (key.type().equals("histogram")) {
            values.put("count", count);
            values.put("sum", sum.orElse(null));
            values.put("mean", count == 0 ? null : sum.map(all -> all / count).orElse(null));
            for (double q : quantiles) {
                OptionalDouble value = histogram.quantile(q);
                values.put(word(q), value.isPresent() ? value.getAsDouble() : null);
            }
        } else if (key.level()) {
            values.put("mean", levels.sum() / points);
            values.put("min", levels.least());
            values.put("max", levels.greatest());
            values.put("last", key.type().equals("gauge") ? levels.lastSum() / levels.series() : levels.lastSum());
        } else {
            values.put("increase", increase);
            values.put("rate", increase / seconds);
        }
        values.put("points", points);
        return values;
    }

    /** What a point says where no point of a client lies. */
    static Map<String, @Nullable Object> nothing(Key key, List<Double> quantiles) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (key.type().equals("histogram")) {
            values.put("count", null);
            values.put("sum", null);
            values.put("mean", null);
            quantiles.forEach(q -> values.put(word(q), null));
        } else if (key.level()) {
            List.of("mean", "min", "max", "last").forEach(name -> values.put(name, null));
        } else {
            values.put("increase", null);
            values.put("rate", null);
        }
        values.put("points", 0L);
        return values;
    }

    /** 0.95 is {@code p95}, 0.999 {@code p99.9}. */
    private static String word(double q) {
        return "p"
                + new BigDecimal(String.valueOf(q))
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
