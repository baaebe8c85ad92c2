package io.pentameter.gateway.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.gateway.limit.LimitOverrides;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An API key as its tenant sees it; without its secret.
 *
 * @param scopes        words, sorted
 * @param expiresAt     absent if never
 * @param revokedAt     absent unless it was
 * @param previousUntil until when the secret before the last rotation is taken; absent if there is none
 * @param limits        its own limits; what is absent is as the platform's settings say
 * @param createdBy     key or person
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApiKey(
        String id,
        String name,
        List<String> scopes,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant previousUntil,
        LimitOverrides limits) {

    public ApiKey {
        scopes = List.copyOf(scopes);
    }
}
