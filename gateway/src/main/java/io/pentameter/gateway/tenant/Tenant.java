package io.pentameter.gateway.tenant;

import io.pentameter.gateway.limit.LimitOverrides;
import java.time.Instant;

/**
 * A tenant as the operator sees it.
 *
 * @param limits of its own; what is absent is as the platform's settings say
 */
public record Tenant(
        String id,
        String name,
        int retentionDays,
        String payloadMode,
        boolean suspended,
        LimitOverrides limits,
        Instant createdAt) {}
