/**
 * Who calls: API keys in every header that clients use, people with tokens of the identity provider, and the internal
 * token that stands for either behind the gateway.
 *
 * <p>Start at {@link io.pentameter.gateway.credential.PresentedCredential}, then {@code HttpAuthentication}.
 */
@NullMarked
package io.pentameter.gateway.credential;

import org.jspecify.annotations.NullMarked;
