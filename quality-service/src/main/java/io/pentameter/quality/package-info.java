/**
 * The quality-service: grades a sample of the spans, by built-in heuristics at once and by the tenant's judges later.
 *
 * <p>Start at {@link io.pentameter.quality.intake}; the words are in {@link io.pentameter.quality.rating}.
 */
@NullMarked
package io.pentameter.quality;

import org.jspecify.annotations.NullMarked;
