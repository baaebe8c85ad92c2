package io.pentameter.statistics.slo;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What follows when a budget runs low.
 *
 * <p>The levels are Pentameter's choice, after the example policy of Google, The Site Reliability Workbook, 2018,
 * appendix B.
 *
 * @param steps            actions by what is left of the budget; all that apply are taken
 * @param incidentShare    share of the budget that one incident may use before it needs a post-mortem, above 0
 */
public record BudgetPolicy(List<Step> steps, BigDecimal incidentShare) {

    /** What is done. */
    public enum Action {
        /** Tell the owners. */
        NOTIFY,
        /** No changes of prompt or model but fixes. */
        FREEZE_CHANGES,
        /** Refuse deploys, by webhook. */
        BLOCK_DEPLOYS,
        /** Send traffic to the fallback model. */
        ROUTE_TO_FALLBACK,
        /** Judge 2 % of the traffic instead of 0.5 %. */
        RAISE_SAMPLING,
        /** Write a post-mortem on the incident. */
        POST_MORTEM
    }

    /**
     * Actions from a level on.
     *
     * @param remaining share of the budget, 0 to 1
     * @param included  whether the level itself counts
     */
    public record Step(BigDecimal remaining, boolean included, Set<Action> actions) {

        public Step {
            actions = Set.copyOf(actions);
            if (remaining.signum() < 0 || remaining.compareTo(BigDecimal.ONE) > 0) {
                throw new IllegalArgumentException("remaining must be in 0..1: " + remaining);
            }
        }

        private boolean applies(BigDecimal left) {
            int order = left.compareTo(remaining);
            return order < 0 || (included && order == 0);
        }
    }

    /**
     * Below 50 % notify; below 25 % freeze; at 0 block, route, sample more; an incident beyond 20 % of the budget needs
     * a post-mortem.
     */
    public static final BudgetPolicy DEFAULT = new BudgetPolicy(
            List.of(
                    new Step(new BigDecimal("0.50"), false, Set.of(Action.NOTIFY)),
                    new Step(new BigDecimal("0.25"), false, Set.of(Action.FREEZE_CHANGES)),
                    new Step(
                            BigDecimal.ZERO,
                            true,
                            Set.of(Action.BLOCK_DEPLOYS, Action.ROUTE_TO_FALLBACK, Action.RAISE_SAMPLING))),
            new BigDecimal("0.20"));

    public BudgetPolicy {
        steps = List.copyOf(steps);
        if (incidentShare.signum() <= 0) {
            throw new IllegalArgumentException("incidentShare must be above 0: " + incidentShare);
        }
    }

    /**
     * Actions that are due.
     *
     * @param remaining       share of the budget that is left; negative when overspent
     * @param largestIncident share of the budget that the largest single incident used, 0 or more
     */
    public Set<Action> due(BigDecimal remaining, BigDecimal largestIncident) {
        EnumSet<Action> due = EnumSet.noneOf(Action.class);
        steps.stream().filter(step -> step.applies(remaining)).forEach(step -> due.addAll(step.actions()));
        if (largestIncident.compareTo(incidentShare) > 0) {
            due.add(Action.POST_MORTEM);
        }
        return due;
    }
}
