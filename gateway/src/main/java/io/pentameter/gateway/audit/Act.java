package io.pentameter.gateway.audit;

import java.util.Map;

/**
 * What somebody did, or tried to.
 *
 * @param action  verb and object, {@code key.create}
 * @param object  what it was done to, an id; empty if it concerns no single thing
 * @param allowed whether it was
 * @param details more, without payloads, secrets or mail addresses
 */
public record Act(String action, String object, boolean allowed, Map<String, String> details) {

    public Act {
        details = Map.copyOf(details);
    }

    /** An act that was allowed. */
    public static Act of(String action, String object) {
        return new Act(action, object, true, Map.of());
    }

    /** An attempt that was refused. */
    public static Act denied(String action, String object, String reason) {
        return new Act(action, object, false, Map.of("reason", reason));
    }

    /** The same with one more detail. */
    public Act with(String name, String value) {
        var more = new java.util.HashMap<>(details);
        more.put(name, value);
        return new Act(action, object, allowed, more);
    }
}
