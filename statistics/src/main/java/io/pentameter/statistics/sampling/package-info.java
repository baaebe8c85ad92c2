/**
 * Which requests are looked at, and what a sample says about all of them.
 *
 * <p>Choosing: {@link io.pentameter.statistics.sampling.RandomnessKey} gives each logical request one permanent random number,
 * {@link io.pentameter.statistics.sampling.SamplingPolicy} its inclusion probability,
 * {@link io.pentameter.statistics.sampling.PrioritySampling} keeps a budget. Estimating: start with
 * {@link io.pentameter.statistics.sampling.PostStratified}.
 */
@NullMarked
package io.pentameter.statistics.sampling;

import org.jspecify.annotations.NullMarked;
