package io.pentameter.kit.problem;

import java.util.Locale;

/** Kinds of problems that the API answers with; their types are part of the API. */
public enum ProblemKind {
    INVALID_INPUT(400, "The input is not valid"),
    UNAUTHENTICATED(401, "The caller is not known"),
    FORBIDDEN(403, "The caller may not do this"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "The route does not know this method"),
    NOT_ACCEPTABLE(406, "The route cannot answer in that media type"),
    REQUEST_TIMEOUT(408, "The request did not arrive in time"),
    CONFLICT(409, "The state of the thing forbids it"),
    TOO_LARGE(413, "The input is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The route does not take this media type"),
    UNPROCESSABLE(422, "The input cannot be used"),
    LIMIT_EXCEEDED(429, "A limit is exceeded"),
    INTERNAL(500, "Something broke on our side"),
    BAD_GATEWAY(502, "A service behind the gateway gave no usable answer"),
    UNAVAILABLE(503, "Not available at the moment"),
    TIMEOUT(504, "It took too long");

    private final int status;
    private final String title;

    ProblemKind(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** For example {@code urn:pentameter:problem:not-found}. */
    public String type() {
        return "urn:pentameter:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind for an HTTP status; INVALID_INPUT for an unknown 4xx, INTERNAL for the rest. */
    public static ProblemKind ofStatus(int status) {
        for (ProblemKind kind : values()) {
            if (kind.status == status) {
                return kind;
            }
        }
        return status >= 400 && status < 500 ? INVALID_INPUT : INTERNAL;
    }
}
