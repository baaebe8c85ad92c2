package io.pentameter.alert.rule;

import java.util.List;

/**
 * What a tenant wants to be told about.
 *
 * @param owner        who looks after it; may be empty
 * @param runbook      what to do when it fires, in plain text; may be empty
 * @param destinations ids of destinations; {@value #ALL_DESTINATIONS} stands for all that are enabled; none: the alert
 *                     is only seen in the API and on the topic
 */
public record RuleDefinition(
        String name,
        Subject subject,
        Condition condition,
        Timing timing,
        Severity severity,
        String owner,
        String runbook,
        boolean enabled,
        List<String> destinations) {

    public static final String ALL_DESTINATIONS = "*";

    public RuleDefinition {
        destinations = List.copyOf(destinations);
    }

    /** Whether an alert of the one is still an alert of the other: they look at the same thing. */
    boolean looksAtTheSameAs(RuleDefinition other) {
        return subject.groupBy().equals(other.subject.groupBy())
                && subject.filters().equals(other.subject.filters())
                && subject.window().equals(other.subject.window())
                && condition.measure() == other.condition.measure()
                && condition.comparison() == other.condition.comparison();
    }
}
