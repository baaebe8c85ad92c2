package io.pentameter.gateway.page;

import io.pentameter.gateway.page.Page.Cursor;
import io.pentameter.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Cursors as text.
 *
 * <p>They say where to go on, never whose list: one that was made for another tenant goes on in the caller's own.
 */
public final class Cursors {

    private static final int MAX_LENGTH = 300;
    private static final int MAX_LIMIT = 200;

    /** Before the first row. */
    private static final Cursor START = new Cursor(Instant.parse("9999-01-01T00:00:00Z"), "~");

    private Cursors() {}

    static String encode(Cursor cursor) {
        String plain = cursor.at() + " " + cursor.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param text absent for the start of the list
     * @throws ProblemException if it is none of ours
     */
    public static Cursor decode(@Nullable String text) {
        if (text == null) {
            return START;
        }
        try {
            if (text.length() <= MAX_LENGTH) {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                int space = plain.indexOf(' ');
                if (space > 0) {
                    return new Cursor(Instant.parse(plain.substring(0, space)), plain.substring(space + 1));
                }
            }
        } catch (IllegalArgumentException | DateTimeException _) {
            // told below
        }
        throw ProblemException.invalid("cursor", "is none that this route has given");
    }

    /** @throws ProblemException if it is not between 1 and 200 */
    public static int limit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ProblemException.invalid("limit", "must be in 1..%d: %d".formatted(MAX_LIMIT, limit));
        }
        return limit;
    }
}
