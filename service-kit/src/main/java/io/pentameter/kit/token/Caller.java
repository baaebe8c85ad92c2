package io.pentameter.kit.token;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, as the verified internal token says.
 *
 * @param issuer  who signed the token: {@code gateway} or a service's name
 * @param subject key id, person's id or service name
 * @param tenant  the tenant that everything the caller does is confined to; absent for services and for the
 *                platform's operator acting on no tenant
 * @param scopes  what the caller may do
 * @param roles   the person's roles in the tenant, as the API words them; empty for keys and services
 * @param key     id of the API key; absent for people and services
 * @param name    what to show in audit logs, never a secret
 */
public record Caller(
        String issuer,
        String subject,
        @Nullable String tenant,
        Set<Scope> scopes,
        Set<String> roles,
        @Nullable String key,
        String name) {

    public Caller {
        scopes = Set.copyOf(scopes);
        roles = Set.copyOf(roles);
    }

    /**
     * The tenant.
     *
     * @throws ForbiddenException if the caller acts for none
     */
    public String requireTenant() {
        if (tenant == null) {
            throw new ForbiddenException("this route needs a caller that belongs to a tenant");
        }
        return tenant;
    }

    /**
     * Returns this if it has the scope.
     *
     * @throws ForbiddenException if it has not
     */
    public Caller require(Scope scope) {
        if (!scopes.contains(scope)) {
            throw new ForbiddenException("this route needs the scope " + scope.word());
        }
        return this;
    }
}
