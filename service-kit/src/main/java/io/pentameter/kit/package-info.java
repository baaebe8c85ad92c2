/**
 * What every service needs unchanged, and nothing of the domain: the internal token, problem+json, the clock.
 *
 * <p>Start at {@link io.pentameter.kit.token.Caller}.
 */
@NullMarked
package io.pentameter.kit;

import org.jspecify.annotations.NullMarked;
