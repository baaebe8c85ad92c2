package io.pentameter.aggregation.reconciliation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When invoices are compared without anybody asking. */
@ConfigMapping(prefix = "pentameter.reconciliation")
interface ReconciliationConfig {

    @WithDefault("true")
    boolean enabled();

    /** Between two looks; 1 minute or more. */
    @WithDefault("15m")
    Duration every();

    /** How many days a look goes back, 1 to 400. */
    @WithDefault("35")
    int days();
}
