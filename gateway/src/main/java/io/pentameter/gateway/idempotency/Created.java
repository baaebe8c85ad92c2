package io.pentameter.gateway.idempotency;

/**
 * What a create answers.
 *
 * @param shown      to the caller, now
 * @param remembered to whoever repeats the request: the same without secrets
 * @param path       of the thing created, for the Location header
 */
public record Created(Object shown, Object remembered, String path) {

    /** Something without secrets. */
    public static Created of(Object view, String path) {
        return new Created(view, view, path);
    }
}
