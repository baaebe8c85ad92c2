/**
 * Log events that belong to spans: evaluations, and what calls were given and gave.
 *
 * <p>Start at {@link io.pentameter.ingest.event.EventReader}.
 */
@NullMarked
package io.pentameter.ingest.event;

import org.jspecify.annotations.NullMarked;
