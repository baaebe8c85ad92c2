package io.pentameter.gateway.route;

import java.util.Locale;

/** The service that serves a route. */
public enum Upstream {
    INGEST,
    AGGREGATION,
    QUALITY,
    ALERT,
    /** The gateway itself. */
    GATEWAY;

    /** The word in settings and metrics, for example {@code ingest}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
