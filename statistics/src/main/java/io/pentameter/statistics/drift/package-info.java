/**
 * Has the mix changed? Current counts against reference counts, with an effect size beside every test.
 *
 * <p>Start at {@link io.pentameter.statistics.drift.DriftRule}, the decision; {@link
 * io.pentameter.statistics.drift.ContingencyTest} and {@link io.pentameter.statistics.drift.JensenShannon} are its two
 * legs. {@link io.pentameter.statistics.drift.PopulationStability} is for show, {@link
 * io.pentameter.statistics.drift.KolmogorovSmirnov} and {@link io.pentameter.statistics.drift.MeanDiscrepancy} for
 * unbinned data.
 */
@NullMarked
package io.pentameter.statistics.drift;

import org.jspecify.annotations.NullMarked;
