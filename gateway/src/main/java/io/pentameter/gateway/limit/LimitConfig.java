package io.pentameter.gateway.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of whoever has none of its own. */
@ConfigMapping(prefix = "pentameter.gateway.limit")
public interface LimitConfig {

    /** Each API key, and each person. */
    Rates key();

    /** All keys and people of a tenant together. */
    Rates tenant();

    /** How much of its rate an idle caller may send at once; above zero. */
    @WithDefault("5s")
    Duration burst();

    /** Most keys and tenants whose buckets are remembered; beyond it those that are full are forgotten. */
    @WithDefault("100000")
    int maxMeters();

    /** How often refused requests are reported to the accounting. */
    @WithDefault("2s")
    Duration reportEvery();

    /** Amounts per second. */
    interface Rates {

        long requestsPerSecond();

        long spansPerSecond();

        long bytesPerSecond();

        /** The same as a value. */
        default Limits limits() {
            return new Limits(requestsPerSecond(), spansPerSecond(), bytesPerSecond());
        }
    }
}
