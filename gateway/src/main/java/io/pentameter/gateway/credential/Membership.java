package io.pentameter.gateway.credential;

import io.pentameter.gateway.limit.Limits;
import java.util.Set;

/** A person's place in one tenant. */
public record Membership(String tenant, Set<Role> roles, boolean tenantSuspended, Limits tenantLimits) {

    public Membership {
        roles = Set.copyOf(roles);
    }
}
