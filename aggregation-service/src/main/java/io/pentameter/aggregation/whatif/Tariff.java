package io.pentameter.aggregation.whatif;

import io.pentameter.aggregation.rollup.TokenClasses;
import io.pentameter.pricing.Bucket;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prices for every call of a question. A call is priced as a whole by the largest step that its input exceeds; each class is its
 * tokens times its price, rounded half to even to a nano-dollar, as at intake.
 *
 * @param name  for the answer
 * @param steps by size of the input, the largest first; the last holds for all
 */
record Tariff(String name, List<Step> steps) {

    /** Whose price a class has if it has none of its own. */
    private static final Map<String, String> FALLBACKS = Map.of(
            "in_cache_read", "in_uncached",
            "in_cache_write_5m", "in_uncached",
            "in_cache_write_1h", "in_cache_write_5m",
            "in_audio", "in_uncached",
            "in_image", "in_uncached",
            "out_reasoning", "out_text",
            "out_audio", "out_text");

    /** What is billed, and how much of it a call used, as SQL: classes of tokens, and pieces such as searches. */
    private static final Map<String, String> UNITS = Bucket.all().stream()
            .collect(Collectors.toMap(
                    Bucket::word,
                    bucket -> bucket.isTokens() ? bucket.word() : "unit_counts['" + bucket.word() + "']",
                    (one, _) -> one,
                    LinkedHashMap::new));

    private static final String INPUT =
            "(in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image)";
    private static final int SCALE = 9;

    Tariff {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a tariff needs a step");
        }
        steps = steps.stream()
                .sorted(Comparator.comparingLong(Step::above).reversed())
                .toList();
    }

    /**
     * Prices at one size of the input.
     *
     * @param above  input tokens above which it holds; below 0 for all
     * @param prices of a token or piece in nano-dollars by its word, at most nine digits after the point
     * @param fee    of a call in nano-dollars; absent if there is none
     */
    record Step(
            long above,
            Map<String, BigDecimal> prices,
            @Nullable BigDecimal fee) {

        Step {
            prices = Map.copyOf(prices);
        }

        /** With the prices of the classes that have none of their own. */
        static Step withFallbacks(Map<String, BigDecimal> given) {
            Map<String, BigDecimal> prices = new LinkedHashMap<>();
            for (String word : TokenClasses.WORDS) {
                String asked = word;
                while (asked != null && !given.containsKey(asked)) {
                    asked = FALLBACKS.get(asked);
                }
                BigDecimal price = asked == null ? null : given.get(asked);
                if (price != null) {
                    prices.put(word, price);
                }
            }
            return new Step(-1, prices, null);
        }

        private String amount() {
            String parts = UNITS.entrySet().stream()
                    .filter(unit -> prices.containsKey(unit.getKey()))
                    .map(unit -> "toInt64(roundBankers(" + unit.getValue() + " * toDecimal128('"
                            + prices.getOrDefault(unit.getKey(), BigDecimal.ZERO)
                                    .setScale(SCALE)
                                    .toPlainString() + "', " + SCALE
                            + "), 0))")
                    .collect(Collectors.joining(" + "));
            BigDecimal perCall = fee;
            String sum = parts.isEmpty() ? "0" : parts;
            return perCall == null
                    ? "(" + sum + ")"
                    : "(" + sum + " + toInt64(roundBankers(toDecimal128('"
                            + perCall.setScale(SCALE).toPlainString() + "', " + SCALE + "), 0)))";
        }

        /** Whether all that a call used has a price. */
        private String isKnown() {
            return UNITS.entrySet().stream()
                    .filter(unit -> !prices.containsKey(unit.getKey()))
                    .map(unit -> " AND " + unit.getValue() + " = 0")
                    .collect(Collectors.joining("", "(has_usage", ")"));
        }
    }

    /** What a call would cost in nano-dollars, as SQL over the columns of the span. */
    String amount() {
        return choose(Step::amount);
    }

    /** Whether that is known. */
    String isKnown() {
        return choose(Step::isKnown);
    }

    private String choose(Function<Step, String> value) {
        Step last = steps.getLast();
        if (steps.size() == 1) {
            return value.apply(last);
        }
        StringBuilder sql = new StringBuilder("multiIf(");
        for (Step step : steps.subList(0, steps.size() - 1)) {
            sql.append(INPUT)
                    .append(" > ")
                    .append(step.above())
                    .append(", ")
                    .append(value.apply(step))
                    .append(", ");
        }
        return sql.append(value.apply(last)).append(")").toString();
    }
}
