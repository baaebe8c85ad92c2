/**
 * The ledger as FOCUS rows, the FinOps Open Cost and Usage Specification. Start at
 * {@link io.pentameter.aggregation.focus.FocusColumn}.
 */
@NullMarked
package io.pentameter.aggregation.focus;

import org.jspecify.annotations.NullMarked;
