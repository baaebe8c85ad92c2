package io.pentameter.alert.budget;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A budget of a tenant.
 *
 * @param revision       1, and one more with each change
 * @param evaluatedUntil the numbers' own time up to which its thresholds were looked at; absent before the first time
 * @param projectedUntil the same of its projection
 */
public record Budget(
        String id,
        String tenant,
        BudgetDefinition definition,
        int revision,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant evaluatedUntil,
        @Nullable Instant projectedUntil) {}
