package io.pentameter.alert.budget;

import io.pentameter.alert.rule.Comparison;
import io.pentameter.alert.rule.Condition;
import io.pentameter.alert.rule.Measure;
import io.pentameter.alert.rule.Rule;
import io.pentameter.alert.rule.RuleDefinition;
import io.pentameter.alert.rule.SampleOf;
import io.pentameter.alert.rule.Subject;
import io.pentameter.alert.rule.Timing;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A budget as rules, so that its alerts live, and are told, like all others: one for each threshold, one for the projection.
 *
 * <p>Their ids are the budget's with {@code /80} (percent) or {@code /projection} behind.
 */
public final class BudgetRules {

    /** How often a projection is made; two in a row must be out of line. */
    public static final Duration PROJECTION_INTERVAL = Duration.ofMinutes(15);

    private static final Duration THRESHOLD_INTERVAL = Duration.ofMinutes(1);
    /** Longer than any period: only its end ends the alert of a threshold. */
    private static final Duration NEVER_STALE = Duration.ofDays(400);

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private BudgetRules() {}

    /**
     * Fires when the share is spent, and stays so until the period is over: what falls below the threshold later, because a
     * price was corrected, does not fire a second time.
     *
     * @param length of the period
     */
    public static Rule ofThreshold(Budget budget, BigDecimal share, Duration length) {
        BudgetDefinition definition = budget.definition();
        String percent = share.multiply(HUNDRED).stripTrailingZeros().toPlainString();
        Condition condition = new Condition(
                Measure.COST_USD,
                Comparison.AT_LEAST,
                definition.amount().multiply(share).stripTrailingZeros(),
                BigDecimal.ZERO,
                SampleOf.MODEL_CALLS,
                0);
        String name = "Budget %s: %s %% of %s USD a %s spent"
                .formatted(
                        definition.name(),
                        percent,
                        definition.amount().stripTrailingZeros().toPlainString(),
                        definition.period().word());
        Timing timing = new Timing(THRESHOLD_INTERVAL, Duration.ZERO, Duration.ZERO, NEVER_STALE);
        return rule(budget, percent, name, condition, timing, length);
    }

    /**
     * Fires when the day's projection is out of line at two looks in a row.
     *
     * @param line the amount beyond which it is; absent if that is not known
     */
    public static Rule ofProjection(Budget budget, @Nullable BigDecimal line) {
        Condition condition = new Condition(
                Measure.COST_USD,
                Comparison.ABOVE,
                line == null ? BigDecimal.ZERO : line,
                null,
                SampleOf.MODEL_CALLS,
                0);
        String name = "Budget %s: today goes beyond what was to be expected"
                .formatted(budget.definition().name());
        Timing timing = new Timing(PROJECTION_INTERVAL, PROJECTION_INTERVAL, PROJECTION_INTERVAL, Duration.ofDays(1));
        return rule(budget, "projection", name, condition, timing, Duration.ofDays(1));
    }

    /** All of them. */
    public static List<Rule> of(Budget budget, Duration length) {
        List<Rule> rules = new ArrayList<>();
        budget.definition().thresholds().forEach(share -> rules.add(ofThreshold(budget, share, length)));
        rules.add(ofProjection(budget, null));
        return rules;
    }

    private static Rule rule(
            Budget budget, String part, String name, Condition condition, Timing timing, Duration window) {
        BudgetDefinition definition = budget.definition();
        return new Rule(
                budget.id() + "/" + part,
                budget.tenant(),
                new RuleDefinition(
                        name,
                        new Subject(List.of(), 1, List.of(), window),
                        condition,
                        timing,
                        definition.severity(),
                        definition.owner(),
                        definition.runbook(),
                        definition.enabled(),
                        definition.destinations()),
                null,
                budget.revision(),
                budget.createdAt(),
                budget.updatedAt(),
                budget.evaluatedUntil());
    }
}
