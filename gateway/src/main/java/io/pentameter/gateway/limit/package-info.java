/**
 * How much a key and a tenant may send: token buckets on requests, spans and bytes.
 *
 * <p>Start at {@link io.pentameter.gateway.limit.Limiter}.
 */
@NullMarked
package io.pentameter.gateway.limit;

import org.jspecify.annotations.NullMarked;
