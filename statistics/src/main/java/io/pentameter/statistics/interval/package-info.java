/**
 * Intervals for proportions and their combinations, and the record in which every estimator of this module answers.
 *
 * <p>Start with {@link io.pentameter.statistics.interval.Estimate}; then {@link io.pentameter.statistics.interval.Wilson},
 * the default for a rate.
 */
@NullMarked
package io.pentameter.statistics.interval;

import org.jspecify.annotations.NullMarked;
