package io.pentameter.alert.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list.
 *
 * @param nextCursor what to ask with for the part that follows; absent at the end
 */
public record Page<T>(
        List<T> data, @JsonProperty("next_cursor") @Nullable String nextCursor) {

    public Page {
        data = List.copyOf(data);
    }

    /**
     * @param found up to one more than {@code limit}, which tells that more follow
     */
    public static <R, T> Page<T> of(List<R> found, int limit, Function<R, Cursor> position, Function<R, T> view) {
        List<R> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? position.apply(shown.getLast()).toText() : null;
        return new Page<>(shown.stream().map(view).toList(), next);
    }
}
