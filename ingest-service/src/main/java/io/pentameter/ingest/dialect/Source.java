package io.pentameter.ingest.dialect;

import java.util.Arrays;
import java.util.List;

/** Names of attributes of one dialect that fill a field, the preferred first. */
record Source(Dialect dialect, List<String> names) {

    Source {
        names = List.copyOf(names);
    }

    /** Names as they are. */
    static Source in(Dialect dialect, String... names) {
        return new Source(dialect, List.of(names));
    }

    /** Langfuse's counts, by their keys. */
    static Source langfuseUsage(String... keys) {
        String attribute = "langfuse.observation.usage_details#";
        return new Source(
                Dialect.LANGFUSE,
                Arrays.stream(keys).map(key -> attribute + key).toList());
    }

    /** LangChain's counts, by their paths; LangSmith sends the object at two places. */
    static Source langsmithUsage(String path) {
        return in(Dialect.LANGSMITH, "langsmith.usage_metadata#" + path, "langsmith.metadata.usage_metadata#" + path);
    }
}
