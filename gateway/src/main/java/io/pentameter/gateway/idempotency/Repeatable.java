package io.pentameter.gateway.idempotency;

import io.pentameter.kit.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * A create that the caller may send again.
 *
 * @param tenant  in whose rows the answer is kept
 * @param subject who sends it: two callers may use the same key
 * @param key     the Idempotency-Key; absent if the caller does not ask for it
 * @param content what is to be created, in one text that is the same for the same thing
 */
public record Repeatable(
        String tenant, String subject, @Nullable String key, String content) {

    private static final int MAX_KEY = 255;

    public Repeatable {
        if (key != null) {
            key = unquoted(key.strip());
            if (key.isEmpty() || key.length() > MAX_KEY) {
                throw ProblemException.invalid(
                        "Idempotency-Key", "must have 1 to %d characters: %d".formatted(MAX_KEY, key.length()));
            }
        }
    }

    /** The draft wants a structured-field string, with quotes; many clients send it without. */
    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
