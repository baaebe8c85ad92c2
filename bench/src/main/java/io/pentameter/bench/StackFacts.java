package io.pentameter.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How to reach a running stack: what {@code ./pentameter up} wrote into the file {@code demo.env} of its directory.
 *
 * @param directory of the stack
 * @param values    the file's settings by name
 */
record StackFacts(Path directory, Map<String, String> values) {

    StackFacts {
        values = Map.copyOf(values);
    }

    /** @throws IOException if the directory has no such file, which means that the stack has never been up */
    static StackFacts read(Path directory) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(directory.resolve("demo.env"))) {
            String setting = line.startsWith("export ") ? line.substring("export ".length()) : line;
            int equals = setting.indexOf('=');
            if (equals > 0 && !setting.startsWith("#")) {
                values.put(setting.substring(0, equals), unquoted(setting.substring(equals + 1)));
            }
        }
        return new StackFacts(directory, values);
    }

    URI gateway() {
        return URI.create(require("PENTAMETER_URL"));
    }

    /** @throws IllegalStateException if the file lacks the setting */
    String require(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("demo.env has no " + name);
        }
        return value;
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() >= 2 && (value.startsWith("\"") || value.startsWith("'"));
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }
}
