package io.pentameter.quality.judge;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps calls to addresses that tenants give away from our own network.
 *
 * <p>The address that was checked is the one that is called: a name that answers differently the second time gains nothing.
 * All addresses of a name must be public.
 *
 * @param allowInternal lets internal addresses and plain HTTP through; for tests and for models run beside the service
 */
record EndpointGuard(boolean allowInternal) {

    /** What is wrong with the form of an endpoint, or empty. No name is looked up. */
    Optional<String> fault(URI endpoint) {
        String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(allowInternal && scheme.equals("http"))) {
            return Optional.of(allowInternal ? "must begin with https:// or http://" : "must begin with https://");
        }
        if (endpoint.getHost() == null || endpoint.getUserInfo() != null) {
            return Optional.of("must name a host, without user and password");
        }
        if (endpoint.getQuery() != null || endpoint.getFragment() != null) {
            return Optional.of("must have neither query nor fragment");
        }
        return Optional.empty();
    }

    /**
     * The address to call.
     *
     * @return empty if the host is, or one of its addresses is, internal
     * @throws UnknownHostException if the name has no address
     */
    Optional<InetAddress> addressOf(URI endpoint) throws UnknownHostException {
        String host = endpoint.getHost();
        InetAddress[] all =
                InetAddress.getAllByName(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        if (!allowInternal) {
            for (InetAddress address : all) {
                if (isInternal(address)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(all[0]);
    }

    /** Whether an address is not one of the public internet (IANA special-purpose address registries). */
    static boolean isInternal(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (address instanceof Inet4Address) {
            return first == 0
                    || (first == 100 && second >= 64 && second < 128)
                    || (first == 192 && second == 0 && bytes[2] == 0)
                    || (first == 198 && (second == 18 || second == 19))
                    || first >= 240;
        }
        // public IPv6 is 2000::/3; of that, 2001::/23 and 2002::/16 tunnel or are reserved
        boolean isGlobal = (first & 0xe0) == 0x20;
        boolean isTunnel = first == 0x20 && ((second == 0x01 && (bytes[2] & 0xfe) == 0) || second == 0x02);
        return !isGlobal || isTunnel;
    }
}
