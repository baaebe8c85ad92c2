package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.rollup.RollupTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which rollup can answer a query; the first that can is the quickest. */
final class RollupChoice {

    private RollupChoice() {}

    /** Empty if a dimension, filter or measure is in none, or the points are not made of whole buckets. */
    static Optional<RollupTable> of(MetricsQuery query) {
        List<String> columns = new ArrayList<>();
        query.groupBy().forEach(dimension -> columns.add(dimension.column()));
        for (Filter filter : query.filters()) {
            columns.add(filter.dimensionOrEmpty().map(Dimension::column).orElse(""));
        }
        return RollupTable.having(
                        columns,
                        MetricsSql.bases(query.measures()),
                        query.window().length())
                .filter(rollup -> query.interval()
                        .map(interval -> isMultiple(interval, rollup.width()))
                        .orElse(true))
                .findFirst();
    }

    private static boolean isMultiple(Duration interval, Duration width) {
        return interval.toSeconds() % width.toSeconds() == 0;
    }
}
