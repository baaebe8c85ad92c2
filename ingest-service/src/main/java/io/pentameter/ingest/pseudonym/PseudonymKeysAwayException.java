package io.pentameter.ingest.pseudonym;

/** The keys of tenants cannot be read at the moment; the same request may succeed later. */
public final class PseudonymKeysAwayException extends RuntimeException {

    PseudonymKeysAwayException(String message, Throwable cause) {
        super(message, cause);
    }

    PseudonymKeysAwayException(String message) {
        super(message);
    }
}
