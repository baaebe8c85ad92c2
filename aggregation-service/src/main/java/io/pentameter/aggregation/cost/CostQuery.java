package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who caused the cost of a window.
 *
 * @param groupBy empty for the whole only
 * @param order   by which the largest groups are shown
 * @param limit   groups that are shown; the rest is one, {@code other}
 * @param outcome only outcomes of this name count; empty for all
 */
record CostQuery(
        List<CostDimension> groupBy,
        List<Filter> filters,
        Window window,
        Additive order,
        int limit,
        Set<Part> include,
        String outcome,
        PriceBasis basis) {

    CostQuery {
        groupBy = List.copyOf(groupBy);
        filters = List.copyOf(filters);
        include = include.isEmpty() ? EnumSet.noneOf(Part.class) : EnumSet.copyOf(include);
    }

    boolean isByTag() {
        return groupBy.stream().anyMatch(CostDimension.Tag.class::isInstance);
    }

    boolean isByTokenClass() {
        return groupBy.stream().anyMatch(CostDimension.TokenClass.class::isInstance);
    }

    /** The attribute that it groups or filters by; empty if there is none, or more than one. */
    String ownAttribute() {
        Stream<Dimension> groups = groupBy.stream()
                .flatMap(group -> group instanceof CostDimension.OfSpan(Dimension dimension)
                        ? Stream.of(dimension)
                        : Stream.empty());
        Stream<Dimension> filtered = filters.stream().flatMap(filter -> filter.dimensionOrEmpty().stream());
        Set<String> attributes = Stream.concat(groups, filtered)
                .map(Dimension::attribute)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        return attributes.size() == 1 ? attributes.iterator().next() : "";
    }
}
