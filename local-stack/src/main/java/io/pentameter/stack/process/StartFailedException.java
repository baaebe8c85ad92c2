package io.pentameter.stack.process;

/** A part of the stack did not become ready; the message names it and ends with the last lines of its log. */
public final class StartFailedException extends RuntimeException {

    public StartFailedException(String message) {
        super(message);
    }
}
