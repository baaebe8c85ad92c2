/**
 * What is normal at this hour of the week. Start at {@link io.pentameter.statistics.monitoring.baseline.Baseline};
 * {@link io.pentameter.statistics.monitoring.baseline.NullMean} turns a cell of it into the null that a detector bets
 * against.
 */
@NullMarked
package io.pentameter.statistics.monitoring.baseline;

import org.jspecify.annotations.NullMarked;
