package io.pentameter.gateway.credential;

import io.pentameter.gateway.limit.Limits;
import io.pentameter.kit.token.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an API key, enough to decide on a request.
 *
 * @param id            public id, {@code key_…}
 * @param name          what its owner calls it
 * @param hash          of the current secret
 * @param previousHash  of the secret before the last rotation; absent if there is none
 * @param previousUntil until when that one is taken, exclusive; absent with it
 * @param expiresAt     from when on the key is refused; absent if never
 * @param revoked       whether it was withdrawn
 * @param tenantSuspended whether its tenant was shut off by the operator
 */
public record StoredKey(
        String id,
        String tenant,
        String name,
        Set<Scope> scopes,
        SecretHash hash,
        @Nullable SecretHash previousHash,
        @Nullable Instant previousUntil,
        @Nullable Instant expiresAt,
        boolean revoked,
        boolean tenantSuspended,
        Limits keyLimits,
        Limits tenantLimits) {

    public StoredKey {
        scopes = Set.copyOf(scopes);
    }

    /** What a request with this secret is told. The state of the key is told only to who knows its secret. */
    KeyVerdict judge(String secret, Instant now) {
        boolean current = hash.matches(secret);
        boolean previous = previousHash != null && previousHash.matches(secret);
        if (!current && !previous) {
            return KeyVerdict.UNKNOWN;
        }
        if (revoked) {
            return KeyVerdict.REVOKED;
        }
        if (!current && (previousUntil == null || !now.isBefore(previousUntil))) {
            return KeyVerdict.ROTATED_AWAY;
        }
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            return KeyVerdict.EXPIRED;
        }
        return tenantSuspended ? KeyVerdict.TENANT_SUSPENDED : KeyVerdict.VALID;
    }
}
