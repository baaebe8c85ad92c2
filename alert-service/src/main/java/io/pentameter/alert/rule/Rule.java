package io.pentameter.alert.rule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a tenant.
 *
 * @param preset         the preset that it came from; absent if a person wrote it
 * @param revision       1, and one more with each change
 * @param evaluatedUntil the numbers' own time up to which it was held against them; absent before the first time
 */
public record Rule(
        String id,
        String tenant,
        RuleDefinition definition,
        @Nullable String preset,
        int revision,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant evaluatedUntil) {}
