package io.pentameter.alert.budget;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A budget as the API and the database write it. What is absent has a default; {@link BudgetReader} knows it.
 *
 * @param amountUsd decimal; in requests a number does as well
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BudgetBody(
        @Nullable String name,
        @Nullable Map<String, @Nullable String> scope,
        @Nullable String each,
        @Nullable String period,
        @JsonProperty("time_zone") @Nullable String timeZone,
        @JsonProperty("amount_usd") @Nullable String amountUsd,
        @Nullable List<@Nullable BigDecimal> thresholds,
        @Nullable Boolean projection,
        @Nullable PolicyBody policy,
        @Nullable String severity,
        @Nullable String owner,
        @Nullable String runbook,
        @Nullable Boolean enabled,
        @Nullable List<@Nullable String> destinations) {

    /**
     * A policy as the API writes it.
     *
     * @param whenStale allow or block
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PolicyBody(
            @JsonProperty("warn_at") @Nullable BigDecimal warnAt,
            @JsonProperty("degrade_at") @Nullable BigDecimal degradeAt,
            @JsonProperty("degrade_to") @Nullable String degradeTo,
            @JsonProperty("block_at") @Nullable BigDecimal blockAt,
            @JsonProperty("when_stale") @Nullable String whenStale) {}

    /** With every default written out. */
    public static BudgetBody of(BudgetDefinition definition) {
        Policy policy = definition.policy();
        return new BudgetBody(
                definition.name(),
                new TreeMap<>(definition.scope()),
                definition.each(),
                definition.period().word(),
                definition.zone().getId(),
                definition.amount().stripTrailingZeros().toPlainString(),
                new ArrayList<>(definition.thresholds()),
                definition.projection(),
                new PolicyBody(
                        policy.warnAt(),
                        policy.degradeAt(),
                        policy.degradeTo(),
                        policy.blockAt(),
                        policy.failsOpen() ? BudgetReader.ALLOW : BudgetReader.BLOCK),
                definition.severity().word(),
                definition.owner(),
                definition.runbook(),
                definition.enabled(),
                new ArrayList<>(definition.destinations()));
    }
}
