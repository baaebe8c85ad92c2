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

    /** Before a comparison that failed, after an import or a repricing, is tried again; 1 second to 10 minutes. */
    @WithDefault("30s")
    Duration retryAfter();

    /** How often it is tried again, 0 to 100; then it waits for the next look. */
    @WithDefault("10")
    int retries();

    /** How many days a look goes back, 1 to 400. */
    @WithDefault("35")
    int days();
}
