/**
 * Business results: a case was resolved, an order placed, an hour saved; at once or weeks after the request.
 *
 * <p>Start at {@link io.pentameter.ingest.outcome.OutcomeReader}.
 */
@NullMarked
package io.pentameter.ingest.outcome;

import org.jspecify.annotations.NullMarked;
