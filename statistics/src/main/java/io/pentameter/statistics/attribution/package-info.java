/**
 * Who pays, and why it costs more than before. All amounts are decimal and all parts add up exactly.
 *
 * <p>Start at {@link io.pentameter.statistics.attribution.Allocation} for shared costs, at {@link
 * io.pentameter.statistics.attribution.CostChange} for "why did cost change" and at {@link
 * io.pentameter.statistics.attribution.Adtributor} for "where".
 */
@NullMarked
package io.pentameter.statistics.attribution;

import org.jspecify.annotations.NullMarked;
