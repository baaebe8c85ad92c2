/**
 * Which public path goes to which service, and what a caller needs for it; data, no I/O.
 *
 * <p>Start at {@link io.pentameter.gateway.route.RouteTable}.
 */
@NullMarked
package io.pentameter.gateway.route;

import org.jspecify.annotations.NullMarked;
