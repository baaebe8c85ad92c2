package io.pentameter.alert.decision;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A call that is about to be made. What is absent is not known, and under no budget that asks for it.
 *
 * @param model            as the ledger will name it
 * @param estimatedCostUsd decimal, 0 or more; absent: nothing is expected of it
 */
record DecisionBody(
        @Nullable String feature,
        @Nullable String customer,
        @Nullable String user,
        @Nullable String key,
        @Nullable String model,
        @Nullable String provider,
        @Nullable String environment,
        @JsonProperty("estimated_cost_usd") @Nullable String estimatedCostUsd) {}
