/**
 * The internal token: who calls, for which tenant, with which rights; signed by the gateway, verified by each service.
 *
 * <p>Start at {@link io.pentameter.kit.token.Caller}, then {@link io.pentameter.kit.token.TokenVerifier}.
 */
@NullMarked
package io.pentameter.kit.token;

import org.jspecify.annotations.NullMarked;
