package io.pentameter.aggregation.clientmetric;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a query of a client's metric is answered with.
 *
 * @param series    of the points that clients sent, the largest first
 * @param truncated whether there are more
 * @param computed  the same quantity from the clients' spans; null if none is known for the metric
 */
record ClientMetricAnswer(
        String name,
        List<Series> series,
        boolean truncated,
        @Nullable Computed computed) {

    /**
     * @param unit   as the client says it, UCUM
     * @param type   counter, up_down_counter, gauge, histogram
     * @param group  a value for each dimension of groupBy; null where it is not known
     * @param totals counters: increase, rate (per second), points; histograms: count, sum, mean, p50 ..., points; levels: mean, min,
     *               max, last, points
     * @param method how quantiles were taken; absent where there are none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Series(
            String unit,
            String type,
            Map<String, @Nullable String> group,
            Map<String, @Nullable Object> totals,
            @Nullable String method,
            @Nullable List<Point> points) {}

    /** @param at where the point begins; it ends an interval later */
    record Point(Instant at, Map<String, @Nullable Object> values) {}

    /** @param from which spans, and what of them */
    record Computed(String from, List<Series> series) {}
}
