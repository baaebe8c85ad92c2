package io.pentameter.alert.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How notices are sent. */
@ConfigMapping(prefix = "pentameter.alert.delivery")
interface DeliveryConfig {

    /** Pause between two looks when there was nothing to send. */
    @WithDefault("PT0.5S")
    Duration pause();

    /** Longest wait for the connection. */
    @WithDefault("PT5S")
    Duration connectLimit();

    /** Longest time from the start of an attempt to the answer. */
    @WithDefault("PT20S")
    Duration answerLimit();

    /** Most attempts under way at once in one replica. */
    @WithDefault("32")
    int maxInFlight();

    /** Most attempts begun at once for one destination. */
    @WithDefault("4")
    int maxPerDestination();

    /** How long finished deliveries can be read. */
    @WithDefault("P30D")
    Duration retention();
}
