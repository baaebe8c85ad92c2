package io.pentameter.kit.token;

import java.util.Locale;

/** What a caller may do. Written in lower case in tokens and in the API. */
public enum Scope {
    /** Send telemetry and feedback. */
    INGEST,
    /** Query numbers and metadata of the tenant. */
    READ,
    /** See prompts and outputs. */
    PAYLOAD,
    /** Change the tenant's rules, keys, members and settings. */
    ADMIN,
    /** Work calibration queues. */
    ANNOTATE,
    /** Export audit logs and evidence. */
    COMPLIANCE,
    /** Run the platform: create tenants. */
    OPERATOR,
    /** Be one of our own services; opens internal routes only. */
    SERVICE;

    /** The word in tokens, for example {@code ingest}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The scope with that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Scope ofWord(String word) {
        for (Scope scope : values()) {
            if (scope.word().equals(word)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("scope must be one of ingest, read, payload, admin, annotate, compliance, "
                + "operator, service: " + word);
    }
}
