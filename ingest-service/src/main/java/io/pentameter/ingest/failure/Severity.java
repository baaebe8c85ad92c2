package io.pentameter.ingest.failure;

import java.util.Locale;

/** How much a failure hurts who asked. */
public enum Severity {
    HIGH,
    MEDIUM,
    LOW;

    /** The word in records. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
