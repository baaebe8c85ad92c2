package io.pentameter.ingest.dimension;

import io.pentameter.ingest.dialect.Field;
import org.jspecify.annotations.Nullable;

/** A dimension whose value a span may take from attributes, and how. The word names it in mapping rules. */
public enum Dimension {
    FEATURE("feature", Field.FEATURE, true),
    ROUTE("route", Field.ROUTE, true),
    CUSTOMER("customer", Field.CUSTOMER, true),
    USER("user", Field.USER, true),
    SESSION("session", Field.SESSION, true),
    INTENT("intent", Field.INTENT, true),
    LANGUAGE("language", Field.LANGUAGE, true),
    PROMPT_NAME("prompt_name", Field.PROMPT_NAME, true),
    PROMPT_VERSION("prompt_version", Field.PROMPT_VERSION, true),
    ENVIRONMENT("environment", Field.ENVIRONMENT, false),
    REGION("region", Field.REGION, false),
    RELEASE("release", Field.RELEASE, false);

    private final String word;
    private final Field field;
    private final boolean ancestorFirst;

    Dimension(String word, Field field, boolean ancestorFirst) {
        this.word = word;
        this.field = field;
        this.ancestorFirst = ancestorFirst;
    }

    public String word() {
        return word;
    }

    Field field() {
        return field;
    }

    /**
     * Whether what an ancestor says outranks what the span's own resource says: a request's feature does, but a service
     * knows its own release better than its caller does.
     */
    boolean isAncestorFirst() {
        return ancestorFirst;
    }

    /** Whether the value identifies somebody, so that a masked one must stay distinguishable. */
    public boolean isIdentity() {
        return this == USER || this == CUSTOMER || this == SESSION;
    }

    /** The dimension with this word; absent if there is none. */
    public static @Nullable Dimension ofWord(String word) {
        for (Dimension dimension : values()) {
            if (dimension.word.equals(word)) {
                return dimension;
            }
        }
        return null;
    }
}
