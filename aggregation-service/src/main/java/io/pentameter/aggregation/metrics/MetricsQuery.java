package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.generation.PriceBasis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A question about the spans of a window: measures, by groups, in steps of time. Everything in it has been checked.
 *
 * @param groupBy  none: one series of everything
 * @param interval of the points, which begin at multiples of it since the epoch; absent: totals only
 * @param limit    most series
 * @param annotated whether the changes of the window are asked for beside the numbers
 * @param basis    of costs
 */
record MetricsQuery(
        List<Measure> measures,
        List<Dimension> groupBy,
        List<Filter> filters,
        Window window,
        Optional<Duration> interval,
        Order order,
        int limit,
        boolean annotated,
        PriceBasis basis) {

    MetricsQuery {
        measures = List.copyOf(measures);
        groupBy = List.copyOf(groupBy);
        filters = List.copyOf(filters);
    }

    /** Series are ordered by a measure, those of which it is not known last; ties by their groups. */
    record Order(Measure measure, boolean descending) {}

    List<Measure> measuresOf(FactSource source) {
        return measures.stream().filter(measure -> measure.source() == source).toList();
    }
}
