package io.pentameter.ingest.classify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** General intents for tenants that have trained none of their own: {@code intents/default.tsv}. */
final class DefaultIntents {

    /** Names the examples; a change of the file increases it. */
    static final String VERSION = "default-2";

    private DefaultIntents() {}

    static List<Example> examples() {
        return resource("/intents/default.tsv")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\t", 2))
                .map(parts -> new Example(parts[1], parts[0]))
                .toList();
    }

    private static String resource(String name) {
        try (InputStream in = DefaultIntents.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("it is not on the class path: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JSON of {@link Training.Quality}, worked out by a test, because it takes seconds. */
    static String quality() {
        return resource("/intents/default-quality.json");
    }

    static IntentModel model() {
        try {
            return IntentModel.of(IntentModel.train(examples(), 2), VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException("what was just written can be read", e);
        }
    }
}
