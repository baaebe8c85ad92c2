package io.pentameter.kit.token;

/** The request carries no internal token, or none that can be trusted; answered with 401. */
public final class InvalidTokenException extends RuntimeException {

    public InvalidTokenException(String message) {
        super(message, null, false, false);
    }
}
