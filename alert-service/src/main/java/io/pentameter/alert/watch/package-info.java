/**
 * Budgets held against spending; start at {@link io.pentameter.alert.watch.BudgetJob}.
 */
@NullMarked
package io.pentameter.alert.watch;

import org.jspecify.annotations.NullMarked;
