/**
 * API keys of a tenant: made, shown once, rotated, revoked.
 *
 * <p>Start at {@code KeyResource}.
 */
@NullMarked
package io.pentameter.gateway.key;

import org.jspecify.annotations.NullMarked;
