/**
 * Who caused the cost. Start at {@link io.pentameter.aggregation.cost.CostQuery}; what is counted is in
 * {@link io.pentameter.aggregation.cost.Additive}, how a span with several tags is split in
 * {@link io.pentameter.aggregation.cost.LedgerSql}.
 */
@NullMarked
package io.pentameter.aggregation.cost;

import org.jspecify.annotations.NullMarked;
