package io.pentameter.alert.request;

import io.pentameter.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of a list ends: the time and the id of its last entry.
 *
 * <p>It says nothing about a tenant, so another tenant's cursor finds only what the caller may see anyway.
 */
public record Cursor(Instant at, String id) {

    /** Entries on a page that does not ask for a number. */
    public static final int DEFAULT_LIMIT = 50;

    /** Most entries on a page. */
    public static final int MAX_LIMIT = 500;

    private static final int MAX_LENGTH = 300;

    public String toText() {
        String text = at + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @return null for none
     * @throws ProblemException if it is no cursor
     */
    public static @Nullable Cursor parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            if (text.length() > MAX_LENGTH) {
                throw refused();
            }
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int space = plain.indexOf(' ');
            if (space < 0 || plain.indexOf('\0') >= 0) {
                throw refused();
            }
            Instant at = Instant.parse(plain.substring(0, space));
            if (at.isBefore(Instant.EPOCH) || at.isAfter(Instant.parse("2200-01-01T00:00:00Z"))) {
                throw refused();
            }
            return new Cursor(at, plain.substring(space + 1));
        } catch (IllegalArgumentException | DateTimeException _) {
            throw refused();
        }
    }

    /**
     * How many entries a caller wants.
     *
     * @throws ProblemException if it is not in 1 to {@value #MAX_LIMIT}
     */
    public static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw ProblemException.invalid("limit", "limit must be a whole number in 1..%d: %s".formatted(MAX_LIMIT, text));
    }

    private static ProblemException refused() {
        return ProblemException.invalid("cursor", "cursor must be a next_cursor of an earlier answer of this route");
    }
}
