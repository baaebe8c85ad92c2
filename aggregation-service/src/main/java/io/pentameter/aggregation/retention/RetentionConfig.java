package io.pentameter.aggregation.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When what tenants do not keep any longer is deleted. */
@ConfigMapping(prefix = "pentameter.retention")
interface RetentionConfig {

    /** False: every tenant's data is kept as long as the tables keep it, 400 days. */
    @WithDefault("true")
    boolean enabled();

    /** Time between two looks; also between the moment when a day is given up and its deletion. */
    @WithDefault("PT1H")
    Duration every();
}
