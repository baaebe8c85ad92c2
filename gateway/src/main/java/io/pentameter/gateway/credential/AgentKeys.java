package io.pentameter.gateway.credential;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The API keys that stand for hosts, for clients that send none. Immutable; none unless the operator says so. */
final class AgentKeys {

    private final Map<String, KeyText> byHost;

    private AgentKeys(Map<String, KeyText> byHost) {
        this.byHost = Map.copyOf(byHost);
    }

    /** @param entries {@code host=key} or {@code host:port=key}; a host may stand for one key only */
    static AgentKeys of(List<String> entries) {
        Map<String, KeyText> byHost = new HashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            String host = equals < 0 ? "" : entry.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            Optional<KeyText> key = KeyText.parse(entry.substring(equals + 1).strip());
            if (host.isEmpty() || key.isEmpty()) {
                throw new IllegalArgumentException(
                        "pentameter.gateway.credential.agents: each entry must be host=key or host:port=key, with a key"
                                + " of the form pm_<id>_<secret>; the one of host '" + host + "' is not");
            }
            if (byHost.put(host, key.get()) != null) {
                throw new IllegalArgumentException(
                        "pentameter.gateway.credential.agents: the host stands for two keys: " + host);
            }
        }
        return new AgentKeys(byHost);
    }

    /**
     * The key that the host stands for; an entry with the port goes before one without.
     *
     * @param port as the client called it; 0 or less if it did not say
     */
    Optional<KeyText> of(String host, int port) {
        String lower = host.toLowerCase(Locale.ROOT);
        KeyText exact = byHost.get(lower + ":" + port);
        return Optional.ofNullable(exact == null ? byHost.get(lower) : exact);
    }
}
