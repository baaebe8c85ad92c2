/**
 * What a tenant wants to spend at most; start at {@link io.pentameter.alert.budget.BudgetDefinition}.
 */
@NullMarked
package io.pentameter.alert.budget;

import org.jspecify.annotations.NullMarked;
