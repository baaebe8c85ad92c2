package io.pentameter.aggregation.explain;

import io.pentameter.aggregation.cost.CostDimension;
import io.pentameter.aggregation.cost.CostLimits;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import java.util.List;

/**
 * Why the cost of {@code after} is not that of {@code before}.
 *
 * @param items  dimensions whose combinations are the items
 * @param ranked dimensions that are ranked
 * @param shown  items shown
 */
record Question(
        Window before,
        Window after,
        List<CostDimension> items,
        List<CostDimension> ranked,
        List<Filter> filters,
        int shown,
        PriceBasis basis) {

    static final int MAX_ITEMS_DIMENSIONS = CostLimits.MAX_GROUPS;

    Question {
        items = List.copyOf(items);
        ranked = List.copyOf(ranked);
        filters = List.copyOf(filters);
    }
}
