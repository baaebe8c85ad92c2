package io.pentameter.pricing;

import java.util.List;

/**
 * All prices of a model over time.
 *
 * @param id      names it within the book, for example {@code openai/gpt-4o-mini}
 * @param periods at least one; of those that hold at a time the last counts, and if none holds the first
 */
record ModelPrice(String id, List<PricePeriod> periods) {

    ModelPrice {
        periods = List.copyOf(periods);
        if (periods.isEmpty()) {
            throw new IllegalArgumentException("a model price needs at least one period: " + id);
        }
    }

    PricePeriod at(long epochSecond) {
        for (int i = periods.size() - 1; i > 0; i--) {
            if (periods.get(i).holdsAt(epochSecond)) {
                return periods.get(i);
            }
        }
        return periods.getFirst();
    }
}
