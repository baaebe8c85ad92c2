package io.pentameter.quality.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the intake. */
@ConfigMapping(prefix = "pentameter.quality.intake")
interface IntakeConfig {

    /** Consumer group of the spans; the thumbs are read by the same name with "-thumbs". */
    @WithDefault("quality")
    String group();

    /** Most spans of one turn, 1 to 50,000. */
    @WithDefault("5000")
    int batch();

    /** Recent answers that a late thumbs-down can still find, a power of two from 1,024 to 16,777,216; 20 bytes each. */
    @WithDefault("524288")
    int recent();

    /** How long a thumbs-down waits before its spans are looked for, so that they can come in. */
    @WithDefault("PT10S")
    Duration settle();

    /** How long a thumbs-down waits for spans that are not there before it is given up. */
    @WithDefault("PT1H")
    Duration patience();
}
