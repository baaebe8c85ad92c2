/**
 * The one public door: who calls, for which tenant, how much, and to which service the request goes on.
 *
 * <p>Start at {@code proxy.HttpDoor}, which shows the way of a request in the order in which it happens; the routes are
 * data in {@link io.pentameter.gateway.route.RouteTable}. The packages {@code tenant}, {@code key}, {@code member} and
 * {@code settings} are the administration behind it.
 */
@NullMarked
package io.pentameter.gateway;

import org.jspecify.annotations.NullMarked;
