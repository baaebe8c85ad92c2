package io.pentameter.ingest.classify;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the classification of requests. */
@ConfigMapping(prefix = "pentameter.classify")
public interface ClassifyConfig {

    /** Whether intent and language are worked out where clients do not say them. */
    @WithDefault("true")
    boolean enabled();

    /** Least confidence of an intent, 0 to 1; below it nothing is said. */
    @WithDefault("0.5")
    double minIntentConfidence();

    /** Least confidence of a language, 0 to 1; below it nothing is said. */
    @WithDefault("0.7")
    double minLanguageConfidence();

    /** How long a training may wait for others. */
    @WithDefault("10S")
    Duration maxTrainingWait();
}
