package io.pentameter.gateway.page;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a list.
 *
 * @param data       newest first
 * @param nextCursor asks for the next piece; absent at the end
 */
public record Page<T>(List<T> data, @Nullable String nextCursor) {

    /** Rows that an answer has if the caller does not say. */
    public static final String DEFAULT_LIMIT = "50";

    public Page {
        data = List.copyOf(data);
    }

    /**
     * A page out of up to {@code limit + 1} rows; that there is one more shows that the list goes on.
     *
     * @param position where a row stands in the list
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> position) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> shown = rows.subList(0, limit);
        return new Page<>(shown, position.apply(shown.getLast()).text());
    }

    /**
     * A place between two rows.
     *
     * @param at when the last row before it was made
     * @param id of that row; decides between rows of the same time
     */
    public record Cursor(Instant at, String id) {

        /** Opaque to callers. */
        String text() {
            return Cursors.encode(this);
        }
    }
}
