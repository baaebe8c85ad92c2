package io.pentameter.alert.budget;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How many budgets there may be. */
@ConfigMapping(prefix = "pentameter.alert.budgets")
interface BudgetConfig {

    /** Most budgets of a tenant. */
    @WithDefault("200")
    int max();
}
