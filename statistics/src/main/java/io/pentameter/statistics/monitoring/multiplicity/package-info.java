/**
 * Many tests at once. Start at {@link io.pentameter.statistics.monitoring.multiplicity.AlarmBudget} for pages and at
 * {@link io.pentameter.statistics.monitoring.multiplicity.EValues} for the weekly digest.
 */
@NullMarked
package io.pentameter.statistics.monitoring.multiplicity;

import org.jspecify.annotations.NullMarked;
