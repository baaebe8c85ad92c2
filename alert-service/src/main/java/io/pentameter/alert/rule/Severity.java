package io.pentameter.alert.rule;

import java.util.Locale;
import java.util.Optional;

/** How much a rule matters. */
public enum Severity {
    /** Somebody is to be woken. */
    CRITICAL,
    /** To be looked at today. */
    WARNING,
    /** Good to know. */
    INFO;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Severity> ofWord(String word) {
        for (Severity severity : values()) {
            if (severity.word().equals(word)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }
}
