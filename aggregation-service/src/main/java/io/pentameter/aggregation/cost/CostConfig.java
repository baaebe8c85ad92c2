package io.pentameter.aggregation.cost;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How questions of cost are answered. */
@ConfigMapping(prefix = "pentameter.costs")
interface CostConfig {

    /** Whether rollups are read; off, every query reads the spans, with the same result. */
    @WithDefault("true")
    boolean rollups();
}
