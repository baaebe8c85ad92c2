/**
 * Whether a step failed, and how, wherever its client hid that.
 *
 * <p>Start at {@link io.pentameter.ingest.failure.Failures}.
 */
@NullMarked
package io.pentameter.ingest.failure;

import org.jspecify.annotations.NullMarked;
