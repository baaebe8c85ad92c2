/**
 * Creates that may be repeated: the answer to the first is given again.
 *
 * <p>Start at {@code PostgresIdempotency}.
 */
@NullMarked
package io.pentameter.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
