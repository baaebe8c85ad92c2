package io.pentameter.gateway.route;

import java.util.Set;

/** What the table says about a request. */
public sealed interface RouteMatch {

    record Found(Route route) implements RouteMatch {}

    /** The path is known, but not with this method. */
    record OtherMethods(Set<String> allowed, Dialect dialect) implements RouteMatch {
        public OtherMethods {
            allowed = Set.copyOf(allowed);
        }
    }

    record Unknown() implements RouteMatch {}
}
