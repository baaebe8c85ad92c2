package io.pentameter.aggregation.rollup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When buckets are sealed. */
@ConfigMapping(prefix = "pentameter.rollup")
interface RollupConfig {

    @WithDefault("true")
    boolean enabled();

    /** A bucket is sealed so long after its end. */
    @WithDefault("60s")
    Duration delay();

    /** Time between two looks for dirty buckets, and least time between two seals of one. */
    @WithDefault("20s")
    Duration every();

    /** How far back each look goes; every hundredth goes back as far as spans are kept. */
    @WithDefault("P3D")
    Duration horizon();

    /** Most buckets of one look. */
    @WithDefault("5000")
    int maxBuckets();
}
