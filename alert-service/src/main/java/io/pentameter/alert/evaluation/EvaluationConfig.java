package io.pentameter.alert.evaluation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How rules are held against the numbers. */
@ConfigMapping(prefix = "pentameter.alert.evaluation")
interface EvaluationConfig {

    /** Pause between two looks for rules that are due. */
    @WithDefault("PT1S")
    Duration pause();

    /** Longest wait for the answer to one query. */
    @WithDefault("PT10S")
    Duration queryLimit();

    /** How long a replica may evaluate without a sign of life; another takes over after that. */
    @WithDefault("PT15S")
    Duration lease();

    /** Most tenants in one query. */
    @WithDefault("500")
    int maxTenants();

    /** How far the numbers may be behind before the service calls itself unwell. */
    @WithDefault("PT2M")
    Duration maxLag();
}
