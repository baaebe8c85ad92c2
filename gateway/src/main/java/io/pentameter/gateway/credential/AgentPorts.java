package io.pentameter.gateway.credential;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The ports on which we stand for an agent, and the API key that each stands for: whoever reaches the port sends as that
 * key. None unless the operator says so. Immutable; a key that lies in a file is read again when it changes.
 */
public final class AgentPorts {

    private static final String SETTING = "pentameter.gateway.credential.agent-ports";
    private static final int MAX_PORT = 65_535;

    private final Map<Integer, Supplier<Optional<KeyText>>> byPort;

    private AgentPorts(Map<Integer, Supplier<Optional<KeyText>>> byPort) {
        this.byPort = Map.copyOf(byPort);
    }

    /** @param entries {@code port=key} or {@code port=/file/that/holds/it} */
    public static AgentPorts of(List<String> entries, InstantSource clock) {
        Map<Integer, Supplier<Optional<KeyText>>> byPort = new TreeMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            int port = port(equals < 0 ? "" : entry.substring(0, equals).strip());
            if (byPort.put(port, key(port, entry.substring(equals + 1).strip(), clock)) != null) {
                throw new IllegalArgumentException(SETTING + ": the port stands for two keys: " + port);
            }
        }
        return new AgentPorts(byPort);
    }

    /** Those to listen on. */
    public Set<Integer> ports() {
        return byPort.keySet();
    }

    /** The key that a port stands for; empty if it stands for none, or its file holds none yet. */
    Optional<KeyText> of(int port) {
        Supplier<Optional<KeyText>> key = byPort.get(port);
        return key == null ? Optional.empty() : key.get();
    }

    private static int port(String text) {
        int port = -1;
        try {
            port = Integer.parseInt(text);
        } catch (NumberFormatException _) {
            // said below
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(
                    SETTING + ": each entry must be port=key or port=/file, with a port in 1..65535: '" + text + "'");
        }
        return port;
    }

    private static Supplier<Optional<KeyText>> key(int port, String text, InstantSource clock) {
        Optional<KeyText> key = KeyText.parse(text);
        if (key.isPresent()) {
            return () -> key;
        }
        Path file = path(text);
        if (!file.isAbsolute()) { // without the text: it may be a key with a letter too few
            throw new IllegalArgumentException(SETTING + ": port " + port
                    + " must stand for a key of the form pm_<id>_<secret> or for the absolute path of a file with one");
        }
        return new KeyFile(file, clock)::key;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            return Path.of("");
        }
    }
}
