package io.pentameter.aggregation.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.aggregation.change.ChangeView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a metrics query is answered with.
 *
 * @param series       in the order asked for
 * @param totals       of everything that the filters let through, whether or not its series is among those shown
 * @param truncated    whether there are more series than were asked for
 * @param visibleUntil everything acknowledged until then is in the numbers; absent while that is not known
 * @param keptSince    as in the answer to a cost query
 * @param annotations  the changes of the window, oldest first; absent if they were not asked for
 */
record MetricsAnswer(
        List<Series> series,
        Map<String, @Nullable Object> totals,
        Coverage coverage,
        boolean truncated,
        @Nullable Instant visibleUntil,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant keptSince,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ChangeView> annotations) {

    MetricsAnswer with(List<ChangeView> changes) {
        return new MetricsAnswer(series, totals, coverage, truncated, visibleUntil, keptSince, changes);
    }

    MetricsAnswer keptSince(@Nullable Instant since) {
        return new MetricsAnswer(series, totals, coverage, truncated, visibleUntil, since, annotations);
    }

    /**
     * @param group  a value for each dimension of groupBy; null where it is not known
     * @param points absent if no interval was asked for
     */
    record Series(
            Map<String, @Nullable String> group,
            Map<String, @Nullable Object> totals,
            Coverage coverage,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<Point> points) {}

    /** @param at where the point begins; it ends an interval later */
    record Point(Instant at, Map<String, @Nullable Object> values) {}

    /** @param priced share of the spans that should have a price which do; null if none should */
    record Coverage(@Nullable Double priced) {

        static Coverage of(long priced, long priceable) {
            return new Coverage(priceable == 0 ? null : (double) priced / priceable);
        }
    }
}
