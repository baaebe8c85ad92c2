package io.pentameter.alert.decision;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How budgets are counted for decisions. */
@ConfigMapping(prefix = "pentameter.alert.decisions")
interface DecisionConfig {

    /** How old a counter may be before a budget's policy for stale ones holds. */
    @WithDefault("PT30S")
    Duration maxAge();

    /** Pause between two looks for new budgets. */
    @WithDefault("PT1S")
    Duration pause();

    /** Shortest time between two readings of a budget's ledger; a reading that takes long is made less often. */
    @WithDefault("PT5S")
    Duration ledgerPause();

    /** How far back the log is read at the start; the ledger must not be further behind. */
    @WithDefault("PT5M")
    Duration replay();

    /** Most values of a budget for each that are read from the ledger: those that spent most. */
    @WithDefault("1500000")
    int maxGroups();

    /** Most calls of a tenant that are kept because the ledger may not know them. */
    @WithDefault("200000")
    int maxTail();

    /** Most tenants in one query. */
    @WithDefault("500")
    int maxTenants();
}
