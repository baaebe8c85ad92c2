package io.pentameter.kit.token;

import jakarta.ws.rs.core.HttpHeaders;

/**
 * Gives a resource the caller of the request at hand.
 *
 * <p>Every resource asks for it; a route that does not is open to whoever reaches the service's port.
 */
public final class Callers {

    private final TokenVerifier verifier;
    private final HttpHeaders headers;

    Callers(TokenVerifier verifier, HttpHeaders headers) {
        this.verifier = verifier;
        this.headers = headers;
    }

    /**
     * The caller, with the scope.
     *
     * @throws InvalidTokenException if there is no valid internal token
     * @throws ForbiddenException if the caller lacks the scope
     */
    public Caller with(Scope scope) {
        return verifier.verify(headers.getHeaderString(HttpHeaders.AUTHORIZATION))
                .require(scope);
    }
}
