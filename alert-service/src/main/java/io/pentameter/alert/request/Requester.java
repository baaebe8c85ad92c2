package io.pentameter.alert.request;

import io.pentameter.kit.token.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for a change, as the audit log shows it.
 *
 * @param kind      {@code person} or {@code key}
 * @param requestId empty if the request had none
 */
public record Requester(String tenant, String kind, String id, String name, String requestId) {

    /** @throws io.pentameter.kit.token.ForbiddenException if the caller belongs to no tenant */
    public static Requester of(Caller caller, @Nullable String requestId) {
        return new Requester(
                caller.requireTenant(),
                caller.key() == null ? "person" : "key",
                caller.subject(),
                caller.name(),
                requestId == null ? "" : requestId);
    }
}
