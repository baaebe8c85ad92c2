package io.pentameter.ingest.langfuse;

import io.pentameter.ingest.accept.RefusalReason;

/** An event that is not taken in; the message names field, value and what is allowed. */
final class BadEventException extends RuntimeException {

    private final RefusalReason reason;

    BadEventException(RefusalReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    static BadEventException of(String message) {
        return new BadEventException(RefusalReason.UNDECODABLE_SPAN, message);
    }

    RefusalReason reason() {
        return reason;
    }
}
