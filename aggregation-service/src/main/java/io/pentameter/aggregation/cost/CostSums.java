package io.pentameter.aggregation.cost;

import java.util.EnumMap;
import java.util.Map;

/**
 * Sums over a group of spans.
 *
 * @param amounts one of each {@link Additive}; tokens and nano-dollars are whole numbers, counts may be split
 */
record CostSums(Map<Additive, Double> counts, Map<Additive, Long> amounts) {

    CostSums {
        counts = counts.isEmpty() ? new EnumMap<>(Additive.class) : new EnumMap<>(counts);
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
        CostSums sum = new CostSums(counts, amounts);
        other.counts.forEach((what, value) -> sum.counts.merge(what, sign * value, Double::sum));
        other.amounts.forEach((what, value) -> sum.amounts.merge(what, sign * value, Math::addExact));
        return sum;
    }
}
