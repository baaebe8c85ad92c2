/**
 * Service-level objectives: how much may go wrong, how fast it does, and when to wake somebody.
 *
 * <p>Start at {@link io.pentameter.statistics.slo.BurnPolicy} and {@link io.pentameter.statistics.slo.BurnAlert}; the
 * money of it is {@link io.pentameter.statistics.slo.ErrorBudget}. Sampled quality has rules of its own, {@link
 * io.pentameter.statistics.slo.QualityObjective}. Documents of other tools are read and written in {@code
 * slo.document}.
 */
@NullMarked
package io.pentameter.statistics.slo;

import org.jspecify.annotations.NullMarked;
