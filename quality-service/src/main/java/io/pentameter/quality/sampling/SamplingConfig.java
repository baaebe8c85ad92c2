package io.pentameter.quality.sampling;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of sampling. */
@ConfigMapping(prefix = "pentameter.quality.sampling")
interface SamplingConfig {

    /** Secret of 16 bytes or more in base64, the same in all instances; whoever has it can tell what is sampled. */
    String key();

    /** Uniform floor for judges of a tenant that has decided nothing; above 0, at most 1. */
    @WithDefault("0.005")
    double judgeFloor();

    /** The same for the built-in checks. */
    @WithDefault("0.05")
    double checkFloor();

    /** Least time over which a cost threshold is learnt. */
    @WithDefault("PT10M")
    Duration costPeriod();

    /** How often changes by other instances are looked for; a change takes effect twice that later. */
    @WithDefault("PT2S")
    Duration refresh();
}
