/**
 * Writing to the log, and knowing that it has what was written.
 *
 * <p>Start at {@link io.pentameter.ingest.publish.RecordLog}.
 */
@NullMarked
package io.pentameter.ingest.publish;

import org.jspecify.annotations.NullMarked;
