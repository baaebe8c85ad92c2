package io.pentameter.gateway.limit;

import java.util.Locale;

/** What is limited. */
public enum Measure {
    REQUESTS,
    SPANS,
    BYTES;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    long rate(Limits limits) {
        return switch (this) {
            case REQUESTS -> limits.requestsPerSecond();
            case SPANS -> limits.spansPerSecond();
            case BYTES -> limits.bytesPerSecond();
        };
    }
}
