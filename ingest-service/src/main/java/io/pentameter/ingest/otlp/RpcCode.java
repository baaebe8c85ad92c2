package io.pentameter.ingest.otlp;

/** The codes of {@code google.rpc.Status} that we answer with, and their HTTP status. */
public enum RpcCode {
    INVALID_ARGUMENT(3, 400),
    DEADLINE_EXCEEDED(4, 408),
    PERMISSION_DENIED(7, 403),
    RESOURCE_EXHAUSTED(8, 429),
    UNIMPLEMENTED(12, 405),
    UNAVAILABLE(14, 503),
    UNAUTHENTICATED(16, 401);

    private final int number;
    private final int httpStatus;

    RpcCode(int number, int httpStatus) {
        this.number = number;
        this.httpStatus = httpStatus;
    }

    public int number() {
        return number;
    }

    /** The HTTP status that goes with it, unless there is a closer one (413, 415). */
    public int httpStatus() {
        return httpStatus;
    }
}
