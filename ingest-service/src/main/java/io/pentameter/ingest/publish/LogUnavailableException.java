package io.pentameter.ingest.publish;

/** The log did not confirm in time; the same delivery may be sent again. */
public final class LogUnavailableException extends RuntimeException {

    public LogUnavailableException(Throwable cause) {
        super("the log did not confirm: " + cause.getClass().getSimpleName(), cause);
    }
}
