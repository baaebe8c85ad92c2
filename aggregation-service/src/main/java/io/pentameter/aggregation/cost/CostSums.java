package io.pentameter.aggregation.cost;

import java.util.EnumMap;
import java.util.Map;

/**
 * Sums over a group of spans.
 *
 * @param counts  of spans, which tags may share: rounded to a billionth, so that it does not matter in which order they were added
 * @param amounts whole tokens and nano-dollars
 */
record CostSums(Map<Additive, Double> counts, Map<Additive, Long> amounts) {

    private static final double BILLION = 1e9;

    CostSums {
        counts = counts.isEmpty() ? new EnumMap<>(Additive.class) : new EnumMap<>(counts);
        counts.replaceAll((_, count) -> Math.rint(count * BILLION) / BILLION);
        amounts = amounts.isEmpty() ? new EnumMap<>(Additive.class) : new EnumMap<>(amounts);
    }

    static CostSums none() {
        return new CostSums(Map.of(), Map.of());
    }

    double count(Additive what) {
        return counts.getOrDefault(what, 0.0);
    }

    long amount(Additive what) {
        return amounts.getOrDefault(what, 0L);
    }

    long tokens() {
        return amount(Additive.INPUT_TOKENS) + amount(Additive.OUTPUT_TOKENS);
    }

    CostSums plus(CostSums other) {
        return combined(other, 1);
    }

    CostSums minus(CostSums other) {
        return combined(other, -1);
    }

    private CostSums combined(CostSums other, int sign) {
        Map<Additive, Double> countsOfBoth = new EnumMap<>(counts);
        Map<Additive, Long> amountsOfBoth = new EnumMap<>(amounts);
        other.counts.forEach((what, value) -> countsOfBoth.merge(what, sign * value, Double::sum));
        other.amounts.forEach((what, value) -> amountsOfBoth.merge(what, sign * value, Math::addExact));
        return new CostSums(countsOfBoth, amountsOfBoth);
    }
}
