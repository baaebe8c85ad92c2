package io.pentameter.pricing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * All prices of a model over time.
 *
 * @param id      names it within the book, for example {@code openai/gpt-4o-mini}
 * @param periods at least one; of those that hold at a time the last counts, and if none holds the first
 * @param uplifts what the prices of tokens are multiplied by where the provider works in a region, by {@code eu}, {@code us}
 */
record ModelPrice(String id, Origin origin, List<PricePeriod> periods, Map<String, BigDecimal> uplifts) {

    ModelPrice {
        periods = List.copyOf(periods);
        uplifts = Map.copyOf(uplifts);
        if (periods.isEmpty()) {
            throw new IllegalArgumentException("a model price needs at least one period: " + id);
        }
    }

    ModelPrice with(List<PricePeriod> others, Map<String, BigDecimal> factors) {
        return new ModelPrice(id, origin, others, factors);
    }
}
