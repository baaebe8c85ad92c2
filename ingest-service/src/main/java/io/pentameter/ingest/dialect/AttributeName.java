package io.pentameter.ingest.dialect;

import java.util.List;

/** Name of an attribute and what it means. */
public final class AttributeName {

    private static final Meaning[] NONE = {};

    private final String text;
    private final Meaning[] meanings;
    private final int dialects;

    /**
     * One field that the attribute may fill.
     *
     * @param rank place in the field's order of preference, 0 is the best
     */
    record Meaning(Field field, int rank) {}

    private AttributeName(String text, Meaning[] meanings, int dialects) {
        this.text = text;
        this.meanings = meanings;
        this.dialects = dialects;
    }

    static AttributeName known(String text, List<Meaning> meanings, int dialects) {
        return new AttributeName(text, meanings.toArray(NONE), dialects);
    }

    static AttributeName unknown(String text) {
        int dialects = text.startsWith("gen_ai.") ? Dialect.GENAI.bit() : 0;
        return new AttributeName(text, NONE, dialects);
    }

    public String text() {
        return text;
    }

    /** Whether the attribute outranks others when a span has more than may be kept. */
    boolean isPreferred() {
        return meanings.length > 0 || text.startsWith("gen_ai.") || text.startsWith("pentameter.");
    }

    /** Not a copy: read only, within the package. */
    Meaning[] meanings() {
        return meanings;
    }

    int dialects() {
        return dialects;
    }

    @Override
    public String toString() {
        return text;
    }
}
