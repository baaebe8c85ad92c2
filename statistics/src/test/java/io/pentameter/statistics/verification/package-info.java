/**
 * Monte-Carlo studies that measure what the methods promise, beside the figures that were published.
 *
 * <p>Start with {@link io.pentameter.statistics.verification.VerifyStatistics}; a new study implements
 * {@link io.pentameter.statistics.verification.Study} and is listed in the list class of its area.
 */
@NullMarked
package io.pentameter.statistics.verification;

import org.jspecify.annotations.NullMarked;
