/**
 * What users want, and in which language they say it, worked out from what they ask.
 *
 * <p>Start at {@link io.pentameter.ingest.classify.Classifier}.
 */
@NullMarked
package io.pentameter.ingest.classify;

import org.jspecify.annotations.NullMarked;
