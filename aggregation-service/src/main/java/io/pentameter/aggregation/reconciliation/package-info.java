/**
 * What providers billed against what the ledger has. Start at {@link io.pentameter.aggregation.reconciliation.Difference} for how a
 * difference is explained and at {@link io.pentameter.aggregation.reconciliation.Comparison} for what is compared with what.
 */
@NullMarked
package io.pentameter.aggregation.reconciliation;

import org.jspecify.annotations.NullMarked;
