package io.pentameter.gateway.key;

import io.pentameter.gateway.limit.LimitOverrides;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_key}. */
@Entity
@Table(name = "api_key")
class KeyEntity {

    @Id
    String id;

    @Column(name = "tenant")
    String tenant;

    @Column(name = "name")
    String name;

    @Column(name = "scopes")
    String[] scopes;

    @Column(name = "secret_hash")
    String secretHash;

    @Column(name = "previous_hash")
    @Nullable
    String previousHash;

    @Column(name = "previous_until")
    @Nullable
    Instant previousUntil;

    @Column(name = "expires_at")
    @Nullable
    Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    @Column(name = "requests_per_second")
    @Nullable
    Long requestsPerSecond;

    @Column(name = "spans_per_second")
    @Nullable
    Long spansPerSecond;

    @Column(name = "bytes_per_second")
    @Nullable
    Long bytesPerSecond;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "created_by")
    String createdBy;

    /** For Hibernate. */
    KeyEntity() {}

    static KeyEntity of(String id, String tenant, NewKey.Checked wanted, String createdBy, Instant now) {
        KeyEntity entity = new KeyEntity();
        entity.id = id;
        entity.tenant = tenant;
        entity.name = wanted.name();
        entity.scopes = wanted.scopes().toArray(String[]::new);
        entity.expiresAt = wanted.expiresAt();
        entity.requestsPerSecond = wanted.limits().requestsPerSecond();
        entity.spansPerSecond = wanted.limits().spansPerSecond();
        entity.bytesPerSecond = wanted.limits().bytesPerSecond();
        entity.createdAt = now;
        entity.createdBy = createdBy;
        return entity;
    }

    void useSecret(String hash) {
        secretHash = hash;
    }

    /** The secret in use becomes the previous one; what was previous before is no longer taken. */
    void rotate(String hash, Instant overlapEnds) {
        previousHash = secretHash;
        previousUntil = overlapEnds;
        secretHash = hash;
    }

    void revoke(Instant now) {
        revokedAt = now;
    }

    ApiKey view() {
        return new ApiKey(
                id,
                name,
                List.of(scopes),
                createdAt,
                createdBy,
                expiresAt,
                revokedAt,
                previousUntil,
                new LimitOverrides(requestsPerSecond, spansPerSecond, bytesPerSecond));
    }
}
