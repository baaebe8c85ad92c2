package io.pentameter.ingest.dialect;

import java.util.List;
import java.util.Map;

/** Name of an attribute and what it means. */
public final class AttributeName {

    private static final Meaning[] NONE = {};

    private final String text;
    private final Meaning[] meanings;
    private final Map<String, List<Meaning>> members;
    private final int dialects;
    private final boolean isJsonEncoded;

    /**
     * One field that the attribute may fill.
     *
     * @param rank place in the field's order of preference, 0 is the best
     */
    record Meaning(Field field, int rank) {}

    private AttributeName(String text, Meaning[] meanings, Map<String, List<Meaning>> members, int dialects) {
        this.text = text;
        this.meanings = meanings;
        this.members = members;
        this.dialects = dialects;
        // MLflow writes each value as JSON: a text comes with its quotes
        this.isJsonEncoded = text.startsWith("mlflow.") || text.equals("langfuse.observation.completion_start_time");
    }

    static AttributeName known(String text, List<Meaning> meanings, Map<String, List<Meaning>> members, int dialects) {
        return new AttributeName(text, meanings.toArray(NONE), Map.copyOf(members), dialects);
    }

    static AttributeName unknown(String text) {
        return new AttributeName(text, NONE, Map.of(), Dialect.bitsOf(text));
    }

    public String text() {
        return text;
    }

    /** Whether the attribute outranks others when a span has more than may be kept. */
    boolean isPreferred() {
        return meanings.length > 0
                || !members.isEmpty()
                || text.startsWith("gen_ai.")
                || text.startsWith("pentameter.");
    }

    /** Not a copy: read only, within the package. */
    Meaning[] meanings() {
        return meanings;
    }

    /** What the members of its JSON object mean, by their path; empty if it is no such attribute. */
    Map<String, List<Meaning>> members() {
        return members;
    }

    /** Whether a text in it is a JSON string, with its quotes. */
    boolean isJsonEncoded() {
        return isJsonEncoded;
    }

    int dialects() {
        return dialects;
    }

    @Override
    public String toString() {
        return text;
    }
}
