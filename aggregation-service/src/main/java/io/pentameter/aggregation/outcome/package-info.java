/**
 * Business results as they are listed. Start at {@link io.pentameter.aggregation.outcome.SqlOutcomes}.
 */
@NullMarked
package io.pentameter.aggregation.outcome;

import org.jspecify.annotations.NullMarked;
