package io.pentameter.gateway.admin;

import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.core.HttpHeaders;

/** Gives a resource the actor of the request at hand. The door has checked the scope; it is checked again here. */
@Dependent
public class HttpActors {

    private final Callers callers;
    private final HttpHeaders headers;

    HttpActors(Callers callers, HttpHeaders headers) {
        this.callers = callers;
        this.headers = headers;
    }

    public Actor with(Scope scope) {
        Caller caller = callers.with(scope);
        return new Actor(
                caller, headers.getHeaderString("Pentameter-Request-Id"), headers.getHeaderString("Idempotency-Key"));
    }
}
