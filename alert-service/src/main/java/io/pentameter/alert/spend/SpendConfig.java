package io.pentameter.alert.spend;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How spending is asked for. */
@ConfigMapping(prefix = "pentameter.alert.spend")
interface SpendConfig {

    /** Longest wait for the answer to one query. */
    @WithDefault("PT10S")
    Duration queryLimit();

    /** Longest answer in bytes. */
    @WithDefault("67108864")
    long maxAnswer();

    /** Longest wait for a list of what each value spent to begin. */
    @WithDefault("PT60S")
    Duration listLimit();

    /** Longest list of what each value spent, in bytes. */
    @WithDefault("268435456")
    long maxList();
}
