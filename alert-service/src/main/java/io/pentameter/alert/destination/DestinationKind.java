package io.pentameter.alert.destination;

import java.util.Locale;
import java.util.Optional;

/** How a destination is spoken to. */
public enum DestinationKind {
    /** Any receiver of Standard Webhooks; signed. */
    WEBHOOK,
    /** An incoming webhook of Slack; its URL is the secret. */
    SLACK;

    /** The word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with that word, in lower case. */
    public static Optional<DestinationKind> ofWord(String word) {
        for (DestinationKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
