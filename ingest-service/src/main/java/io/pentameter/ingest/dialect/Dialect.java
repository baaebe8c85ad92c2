package io.pentameter.ingest.dialect;

/** A family of attribute names. Declared in the order in which they name a span that uses several. */
public enum Dialect {
    LANGFUSE("langfuse"),
    LANGSMITH("langsmith"),
    VERCEL("vercel"),
    OPENINFERENCE("openinference"),
    OPENLLMETRY("openllmetry"),
    GENAI("genai"),
    /** General conventions, and our own {@code pentameter.*}: they say nothing about who made the span. */
    OTEL("otel");

    private final String word;

    Dialect(String word) {
        this.word = word;
    }

    /** The word in records, for example {@code genai}. */
    public String word() {
        return word;
    }

    @SuppressWarnings("EnumOrdinal") // a bit of a set within this program, never stored
    int bit() {
        return 1 << ordinal();
    }

    /** The most specific dialect of those whose bits are set. */
    static Dialect ofBits(int bits) {
        for (Dialect dialect : values()) {
            if ((bits & dialect.bit()) != 0) {
                return dialect;
            }
        }
        return OTEL;
    }
}
