package io.pentameter.ingest.payload;

/** What a tenant lets us keep of prompts and outputs. Redaction goes before each of them. */
public enum PayloadMode {
    /** The whole text, redacted. */
    FULL,
    /** Roles, tools and lengths; each text is replaced by its length. */
    MASKED,
    /** Sizes only, and no attribute that may quote a prompt or an output. */
    METADATA_ONLY;

    /** The mode that a word of a tenant's profile names; FULL for an empty or unknown one. */
    public static PayloadMode ofWord(String word) {
        return switch (word) {
            case "masked" -> MASKED;
            case "metadata_only" -> METADATA_ONLY;
            default -> FULL;
        };
    }
}
