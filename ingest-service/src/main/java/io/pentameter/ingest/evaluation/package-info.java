/**
 * Evaluations that clients report as events of the GenAI conventions, and the scores that they become.
 *
 * <p>Start at {@link io.pentameter.ingest.evaluation.Evaluations}.
 */
@NullMarked
package io.pentameter.ingest.evaluation;

import org.jspecify.annotations.NullMarked;
