package io.pentameter.alert.outbox;

import java.util.Map;

/**
 * What somebody did, for the audit log.
 *
 * @param action  verb and object, for example {@code rule.update}
 * @param object  the id of what it was done to
 * @param details no payloads, no secrets
 */
public record Act(String action, String object, Map<String, String> details) {

    public Act {
        details = Map.copyOf(details);
    }
}
