package io.pentameter.alert.budget;

import io.pentameter.alert.rule.Severity;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may be spent on what, in which time.
 *
 * @param scope        value by dimension, all of which must hold; none: everything of the tenant
 * @param each         the dimension of which each value has the amount for itself; absent: all together
 * @param amount       US dollars, above 0, to 1e-9
 * @param thresholds   shares of the amount at which people are told, above 0, rising; may be none
 * @param projection   whether people are told of a day that goes beyond what was to be expected
 * @param owner        who looks after it; may be empty
 * @param runbook      what to do, in plain text; may be empty
 * @param destinations as of a rule
 */
public record BudgetDefinition(
        String name,
        Map<String, String> scope,
        @Nullable String each,
        Period period,
        ZoneId zone,
        BigDecimal amount,
        List<BigDecimal> thresholds,
        boolean projection,
        Policy policy,
        Severity severity,
        String owner,
        String runbook,
        boolean enabled,
        List<String> destinations) {

    public BudgetDefinition {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("amount must be above 0: " + amount);
        }
        scope = Map.copyOf(scope);
        thresholds = List.copyOf(thresholds);
        destinations = List.copyOf(destinations);
    }

    /** Whether an alert of the one is still an alert of the other: they hold the same spending against the same money. */
    boolean watchesTheSameAs(BudgetDefinition other) {
        return scope.equals(other.scope)
                && java.util.Objects.equals(each, other.each)
                && period == other.period
                && zone.equals(other.zone)
                && amount.compareTo(other.amount) == 0
                && thresholds.equals(other.thresholds)
                && projection == other.projection;
    }
}
