package io.pentameter.alert.delivery;

import io.pentameter.alert.destination.AddressRule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Turns a destination's host into the one address that is then called.
 *
 * <p>A name is looked up once and the address found is the one connected to, so that a name that answers differently a
 * moment later (DNS rebinding) gains nothing. A name with any internal address is refused altogether.
 */
final class AddressGuard {

    private final Resolver resolver;
    private final boolean allowPrivate;

    AddressGuard(Resolver resolver, boolean allowPrivate) {
        this.resolver = resolver;
        this.allowPrivate = allowPrivate;
    }

    /** Looks names up. */
    @FunctionalInterface
    interface Resolver {

        /** @return one or more */
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }

    sealed interface Decision {

        record Allowed(InetAddress address) implements Decision {}

        record Refused(String why) implements Decision {}

        record Unknown(String why) implements Decision {}
    }

    Decision decide(String host) {
        List<InetAddress> addresses;
        try {
            addresses = resolver.resolve(host);
        } catch (UnknownHostException _) {
            return new Decision.Unknown("the host name is not known: " + host);
        }
        if (!allowPrivate && !addresses.stream().allMatch(AddressRule::isPublic)) {
            return new Decision.Refused("the host leads to an internal address: " + host);
        }
        return new Decision.Allowed(addresses.getFirst());
    }
}
