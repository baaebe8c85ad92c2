package io.pentameter.aggregation.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a file made by the engine may cost. */
@ConfigMapping(prefix = "pentameter.export")
public interface StreamConfig {

    /** Files made at a time; one more is answered with 503. */
    @WithDefault("2")
    int maxFiles();

    /** A file that takes longer is ended; answered with 504. */
    @WithDefault("120s")
    Duration maxTime();

    /** A file with more rows is refused; answered with 422. */
    @WithDefault("5000000")
    long maxRows();
}
