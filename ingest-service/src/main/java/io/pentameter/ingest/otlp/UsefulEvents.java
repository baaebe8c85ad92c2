package io.pentameter.ingest.otlp;

import java.util.Set;

/** The span events that normalisation reads; others are left out. */
final class UsefulEvents {

    private static final Set<String> NAMES =
            Set.of("exception", "gen_ai.content.prompt", "gen_ai.content.completion", "ai.stream.firstChunk");

    private UsefulEvents() {}

    static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
