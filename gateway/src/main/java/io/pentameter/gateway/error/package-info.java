/**
 * What a refusal looks like in the words of the protocol that the caller speaks.
 *
 * <p>Start at {@link io.pentameter.gateway.error.Refusal}.
 */
@NullMarked
package io.pentameter.gateway.error;

import org.jspecify.annotations.NullMarked;
