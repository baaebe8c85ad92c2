package io.pentameter.aggregation.metrics;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How metrics queries are answered. */
@ConfigMapping(prefix = "pentameter.metrics")
interface MetricsConfig {

    /** Whether rollups are read; off, every query reads the spans, with the same result. */
    @WithDefault("true")
    boolean rollups();
}
