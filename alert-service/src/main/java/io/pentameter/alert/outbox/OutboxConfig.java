package io.pentameter.alert.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How records get from the outbox to the broker. */
@ConfigMapping(prefix = "pentameter.alert.outbox")
interface OutboxConfig {

    /** Pause between two looks when there was nothing to send. */
    @WithDefault("PT0.5S")
    Duration pause();

    /** Most records sent in one turn. */
    @WithDefault("500")
    int maxBatch();

    /** Longest wait for the broker in one turn; what it has not acknowledged by then is sent again. */
    @WithDefault("PT10S")
    Duration sendLimit();
}
