package io.pentameter.ingest.otlp;

/** The body as a whole is not what its content type says; answered with 400. */
public final class UndecodableException extends RuntimeException {

    public UndecodableException(String message) {
        super(message, null, false, false);
    }
}
