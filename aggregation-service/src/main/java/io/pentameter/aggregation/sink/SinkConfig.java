package io.pentameter.aggregation.sink;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the log is taken into the tables. */
@ConfigMapping(prefix = "pentameter.sink")
interface SinkConfig {

    /** Whether this instance takes part; off for one that only answers queries. */
    @WithDefault("true")
    boolean enabled();

    /** Records of one batch. */
    @WithDefault("10000")
    int maxRecords();

    /** Bytes of one batch. */
    @WithDefault("8388608")
    long maxBytes();

    /** A record waits at most this long for its batch. */
    @WithDefault("400ms")
    Duration maxAge();

    /** Pause after a fault of the engine. */
    @WithDefault("500ms")
    Duration retryPause();

    /** A broker that hears nothing for so long gives the partitions to others; 6 s is the least it takes. */
    @WithDefault("6s")
    Duration sessionTimeout();

    /** Consumer group of the spans; the other topics have {@code <group>-facts}. */
    @WithDefault("aggregation")
    String group();
}
