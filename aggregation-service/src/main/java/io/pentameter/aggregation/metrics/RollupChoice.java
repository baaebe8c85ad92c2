package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.rollup.RollupTable;
import java.util.ArrayList;
import java.util.List;

/** Which rollups can answer a query. */
final class RollupChoice {

    private RollupChoice() {}

    /** None if a dimension, filter or measure is in none, or the points are not made of whole buckets. */
    static List<RollupTable> of(MetricsQuery query) {
        List<String> columns = new ArrayList<>();
        query.groupBy().forEach(dimension -> columns.add(dimension.column()));
        for (Filter filter : query.filters()) {
            columns.add(filter.dimensionOrEmpty().map(Dimension::column).orElse(""));
        }
        return RollupTable.levels(
                columns, MetricsSql.bases(query.measures()), query.window().length(), query.interval());
    }
}
