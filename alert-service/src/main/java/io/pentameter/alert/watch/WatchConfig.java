package io.pentameter.alert.watch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How budgets are held against spending. */
@ConfigMapping(prefix = "pentameter.alert.budget-watch")
interface WatchConfig {

    /** Pause between two looks for budgets that are due. */
    @WithDefault("PT1S")
    Duration pause();

    /** How often a budget's thresholds are looked at. */
    @WithDefault("PT15S")
    Duration interval();

    /** How long after its end a period is still looked at, for calls that are told of late. */
    @WithDefault("PT1H")
    Duration grace();

    /** Most values that a budget for each of them tells of at once: those that spent most. */
    @WithDefault("500")
    int maxGroups();

    /** Most tenants in one query. */
    @WithDefault("500")
    int maxTenants();

    /** How long a replica may evaluate without a sign of life; another takes over after that. */
    @WithDefault("PT15S")
    Duration lease();
}
