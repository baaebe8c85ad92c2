/**
 * Prompts and outputs: where a span has them, how much of them is kept, and in what form.
 *
 * <p>Start at {@link io.pentameter.ingest.payload.Payloads}.
 */
@NullMarked
package io.pentameter.ingest.payload;

import org.jspecify.annotations.NullMarked;
