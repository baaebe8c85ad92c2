package io.pentameter.ingest.intake;

import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.otlp.RpcCode;

/** What a client is told. */
sealed interface Answer {

    /**
     * The delivery was read and what was accepted of it is durable.
     *
     * @param accepted spans that the log has
     * @param refused  spans that were refused
     * @param message  why, empty if none was
     */
    record Received(long accepted, long refused, String message) implements Answer {}

    /**
     * The request was refused as a whole.
     *
     * @param status     HTTP status
     * @param mayTryAgain whether the same request may succeed later; then Retry-After is said
     */
    record Refused(int status, RpcCode code, RefusalReason reason, String message, boolean mayTryAgain)
            implements Answer {}

    static Refused undecodable(String message) {
        return new Refused(400, RpcCode.INVALID_ARGUMENT, RefusalReason.UNDECODABLE, message, false);
    }

    static Refused tooLarge(long maxBytes) {
        return new Refused(
                413,
                RpcCode.RESOURCE_EXHAUSTED,
                RefusalReason.BODY_TOO_LARGE,
                "the body must have at most " + maxBytes + " bytes after decompression",
                false);
    }

    static Refused overloaded() {
        return new Refused(
                503, RpcCode.UNAVAILABLE, RefusalReason.OVERLOADED, "too much is being taken in at the moment", true);
    }

    static Refused unavailable() {
        return new Refused(
                503,
                RpcCode.UNAVAILABLE,
                RefusalReason.UNAVAILABLE,
                "the log did not confirm the delivery; send it again",
                true);
    }
}
