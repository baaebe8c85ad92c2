package io.pentameter.alert.rule;

import io.pentameter.alert.store.PostgresTransaction;

/** Is told, within the same transaction, that open alerts of a rule can no longer be judged. */
public interface RuleChangeListener {

    /** Why. */
    enum Cause {
        RULE_DELETED,
        RULE_DISABLED,
        RULE_CHANGED
    }

    void alertsHaveLostTheirRule(PostgresTransaction transaction, Rule rule, Cause cause);
}
