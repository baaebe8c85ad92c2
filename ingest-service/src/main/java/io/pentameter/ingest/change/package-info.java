/**
 * Events that may explain a shift of the numbers: a deploy, a prompt, a model, an incident.
 *
 * <p>Start at {@link io.pentameter.ingest.change.ChangeReader}.
 */
@NullMarked
package io.pentameter.ingest.change;

import org.jspecify.annotations.NullMarked;
