package io.pentameter.alert.spend;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was spent on calls that began in a window.
 *
 * @param tenants one or more, each for itself
 * @param filters value by dimension, all of which must hold
 * @param each    the dimension that parts the answer; absent for one row of all
 * @param from    first moment
 * @param to      the moment after the last
 * @param limit   most rows of each tenant, 1 or more; those that spent most
 * @param step    length of the points; absent for none
 */
public record SpendQuestion(
        List<String> tenants,
        Map<String, String> filters,
        @Nullable String each,
        Instant from,
        Instant to,
        int limit,
        @Nullable Duration step) {

    public SpendQuestion {
        tenants = List.copyOf(tenants);
        filters = Map.copyOf(filters);
    }
}
