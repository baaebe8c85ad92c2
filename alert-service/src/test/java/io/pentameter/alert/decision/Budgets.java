package io.pentameter.alert.decision;

import io.pentameter.alert.budget.Budget;
import io.pentameter.alert.budget.BudgetDefinition;
import io.pentameter.alert.budget.Period;
import io.pentameter.alert.budget.Policy;
import io.pentameter.alert.rule.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Budgets of a day, for tests. */
final class Budgets {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private Budgets() {}

    static Budget budget(String id, Map<String, String> scope, @Nullable String each, String amount) {
        return budget(id, scope, each, amount, policy("0.5", "0.8", "1", true));
    }

    static Budget budget(String id, Map<String, String> scope, @Nullable String each, String amount, Policy policy) {
        return new Budget(
                id,
                "acme",
                new BudgetDefinition(
                        id,
                        scope,
                        each,
                        Period.DAY,
                        ZoneOffset.UTC,
                        new BigDecimal(amount),
                        List.of(),
                        false,
                        policy,
                        Severity.WARNING,
                        "",
                        "",
                        true,
                        List.of()),
                1,
                NOW,
                NOW,
                null,
                null);
    }

    static Policy policy(String warn, String degrade, String block, boolean failsOpen) {
        return new Policy(new BigDecimal(warn), new BigDecimal(degrade), "small", new BigDecimal(block), failsOpen);
    }
}
