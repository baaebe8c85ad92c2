/**
 * The way of a request through the gateway, and the streaming to the service behind it.
 *
 * <p>Start at {@code HttpDoor}.
 */
@NullMarked
package io.pentameter.gateway.proxy;

import org.jspecify.annotations.NullMarked;
