package io.pentameter.aggregation.pool;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** By what a pool is split among the elements of its first dimension, day by day. */
sealed interface Driver {

    /** In proportion to what each used on the day. */
    record Metered(Meter meter) implements Driver {}

    /** By what each needed in its busiest hour of the day, as capacity that is bought for the peak (airport game). */
    record Peak(Meter meter) implements Driver {}

    /** By weights that somebody has set, the same on every day; an element that is not named gets nothing. */
    record Fixed(SortedMap<String, BigDecimal> weights) implements Driver {

        public Fixed {
            weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        }
    }

    /** Not at all: the pool stays a line of its own. */
    record Idle() implements Driver {}
}
