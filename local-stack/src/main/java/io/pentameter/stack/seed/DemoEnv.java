package io.pentameter.stack.seed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The file {@code demo.env}: how to reach a stack, one {@code NAME=value} a line, fit for a shell's {@code source}. */
public final class DemoEnv {

    private DemoEnv() {}

    /** The file's text. */
    public static String text(Map<String, String> facts) {
        StringBuilder text = new StringBuilder("# How to reach this stack; written at each start.\n");
        facts.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    public static Map<String, String> read(Path file) {
        Map<String, String> facts = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#")) {
                    facts.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return facts;
    }
}
