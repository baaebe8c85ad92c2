package io.pentameter.alert.destination;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What a destination's URL must look like. The address behind its name is looked at again before each sending. */
public final class DestinationUrl {

    /** Longest URL. */
    public static final int MAX_LENGTH = 2_000;

    private DestinationUrl() {}

    /**
     * What is wrong with a URL; empty if nothing is.
     *
     * @param allowPrivate whether addresses that are not public, and http, may be used
     */
    public static Optional<String> fault(String url, boolean allowPrivate) {
        if (url.length() > MAX_LENGTH) {
            return Optional.of("url must have at most %d characters: %d".formatted(MAX_LENGTH, url.length()));
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of("url must be a URL: " + e.getReason());
        }
        String scheme = uri.getScheme();
        if (scheme == null || !(scheme.equals("https") || (allowPrivate && scheme.equals("http")))) {
            return Optional.of("url must begin with https://" + (allowPrivate ? " or http://" : ""));
        }
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            return Optional.of("url must have a host, and neither user nor fragment");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return Optional.of("the port of url must be in 1..65535: " + uri.getPort());
        }
        if (!allowPrivate && isInternalLiteral(uri.getHost())) {
            return Optional.of("url must not lead to an internal address: " + uri.getHost());
        }
        return Optional.empty();
    }

    private static boolean isInternalLiteral(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return !AddressRule.isPublic(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException _) {
            return false; // a name; where it leads is seen when it is called
        }
    }
}
