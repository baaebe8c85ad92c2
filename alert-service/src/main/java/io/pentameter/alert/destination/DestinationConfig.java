package io.pentameter.alert.destination;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What destinations a tenant may have. */
@ConfigMapping(prefix = "pentameter.alert.destinations")
interface DestinationConfig {

    /**
     * The setting that allows destinations at internal addresses, and calls without TLS; for a machine of one's own.
     * Not part of this mapping, because whoever sends asks for it too.
     */
    String ALLOW_PRIVATE = "pentameter.alert.allow-private-destinations";

    /** Most destinations of a tenant. */
    @WithDefault("50")
    int max();

    /** How long after a rotation notices are also signed with the secret before. */
    @WithDefault("PT24H")
    Duration secretOverlap();
}
