package io.pentameter.kit.token;

/** The caller is known but may not do this; answered with 403. */
public final class ForbiddenException extends RuntimeException {

    public ForbiddenException(String message) {
        super(message, null, false, false);
    }
}
