package io.pentameter.gateway.admin;

import io.pentameter.kit.token.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, in which request.
 *
 * @param requestId      as the caller was told
 * @param idempotencyKey as sent; absent if the request may not be repeated
 */
public record Actor(
        Caller caller, @Nullable String requestId, @Nullable String idempotencyKey) {

    public String tenant() {
        return caller.requireTenant();
    }
}
