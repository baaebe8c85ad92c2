/**
 * Runs that come in pieces: pieces are kept, and of all pieces of a trace its spans are made, the same whatever their
 * order.
 *
 * <p>Start at {@link io.pentameter.ingest.assembly.TraceMerge}; decision 0008 says why.
 */
@NullMarked
package io.pentameter.ingest.assembly;

import org.jspecify.annotations.NullMarked;
