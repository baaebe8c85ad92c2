/** Which spans are graded, with which probability, and why. Start at {@link io.pentameter.quality.sampling.Sampler}. */
@NullMarked
package io.pentameter.quality.sampling;

import org.jspecify.annotations.NullMarked;
