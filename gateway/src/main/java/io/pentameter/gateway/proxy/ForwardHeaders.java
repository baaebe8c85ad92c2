package io.pentameter.gateway.proxy;

import io.pentameter.gateway.credential.PresentedCredential;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which headers go through the gateway, in either direction; names in lower case. */
final class ForwardHeaders {

    static final String REQUEST_ID = "Pentameter-Request-Id";
    static final String SPANS_ACCEPTED = "Pentameter-Spans-Accepted";
    static final String SPANS_REFUSED = "Pentameter-Spans-Refused";

    /** Everything that services trust because only the gateway can have set it starts like this. */
    private static final String OURS = "pentameter-";

    /** Meant for the next program only (RFC 9110, 7.6.1), or set anew for the next connection. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "http2-settings");

    /** Said by the gateway itself, or nobody's business outside. */
    private static final Set<String> NOT_TO_CLIENTS =
            Set.of("server", "ratelimit", "ratelimit-policy", "x-powered-by", "www-authenticate");

    private ForwardHeaders() {}

    /** Names that a Connection header declares to be for the next program only. */
    static Set<String> named(Iterable<String> connectionHeaders) {
        Set<String> names = new TreeSet<>();
        for (String value : connectionHeaders) {
            for (String name : value.split(",", -1)) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    /** Whether a request's header goes on to a service: not if it is a credential, or poses as ours. */
    static boolean goesToService(String lowerName, Set<String> named) {
        return !HOP_BY_HOP.contains(lowerName)
                && !named.contains(lowerName)
                && !PresentedCredential.HEADERS.contains(lowerName)
                && !lowerName.startsWith(OURS)
                && !lowerName.equals("host")
                && !lowerName.equals("cookie");
    }

    /** Whether a response's header goes back to the client. */
    static boolean goesToClient(String lowerName) {
        return !HOP_BY_HOP.contains(lowerName)
                && !NOT_TO_CLIENTS.contains(lowerName)
                && !lowerName.startsWith(OURS)
                && !lowerName.equals("set-cookie");
    }
}
