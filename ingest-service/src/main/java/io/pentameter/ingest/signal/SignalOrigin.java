package io.pentameter.ingest.signal;

import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import java.util.HashSet;

/**
 * Who sent a signal, and when.
 *
 * @param nowUs time of receipt, microseconds since the epoch
 */
public record SignalOrigin(Sender sender, Pseudonyms pseudonyms, long nowUs) {

    public String tenant() {
        return sender.tenant();
    }

    /** The text with masks for secrets and personal data. */
    public String redacted(String text) {
        return sender.settings().redactor().redact(text, new HashSet<>());
    }

    /** A feature, a model ... as spans have it, so that they join. */
    public String dimension(String value) {
        return sender.settings().redactor().redactId(value, new HashSet<>());
    }

    /** The id of a user, a customer or a session as spans have it, so that they join. */
    public String identity(String id) {
        return pseudonyms.masked(sender.tenant(), sender.settings(), id);
    }
}
