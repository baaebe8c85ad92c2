package io.pentameter.aggregation.page;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What of a list is shown, and how to go on.
 *
 * @param next cursor of the next page; absent on the last
 */
public record Page<T>(List<T> shown, @Nullable String next) {

    public Page {
        shown = List.copyOf(shown);
    }

    /**
     * A page of what was found.
     *
     * @param found one more than {@code limit} if there are more
     * @param place of an entry in the order of the list
     */
    public static <T> Page<T> of(
            List<T> found, int limit, Cursors cursors, Cursors.Place list, Function<T, List<String>> place) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> shown = found.subList(0, limit);
        return new Page<>(shown, cursors.of(list, place.apply(shown.getLast())));
    }
}
