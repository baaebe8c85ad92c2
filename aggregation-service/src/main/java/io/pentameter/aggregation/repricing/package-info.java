/**
 * Costs under other prices: worked out beside the spans, shown as a report, made visible by one row, taken back by one more.
 * Start at {@link io.pentameter.aggregation.repricing.Repricing}; the arithmetic is in {@code RepriceSql}, and a test holds
 * it to module {@code pricing}.
 */
@NullMarked
package io.pentameter.aggregation.repricing;

import org.jspecify.annotations.NullMarked;
